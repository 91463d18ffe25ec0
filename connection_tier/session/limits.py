"""What one session may hold: every queue and window of it is bounded."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """Bounds of one session; sizes in bytes, durations in seconds.

    Attributes:
        max_container_messages: more in one container is a transport flood (-429).
        max_inflated_message: cap of one inflated gzip_packed, whatever its ratio. No query of a client is near it: file
            parts, the largest, have 512 KiB.
        max_inflated_frame: cap of all inflated bytes of one packet.
        max_depth: nesting of gzip_packed and msg_copy in one message.
        min_received_ids: client msg_ids kept even when they are old.
        max_received_ids: client msg_ids kept at most; lower ones are answered with code 20.
        received_ids_age_s: a client msg_id younger than this is kept, up to max_received_ids.
        ack_delay_s: a client message that nothing else has answered by then is acknowledged.
        max_waiting_acks: this many waiting acknowledgements go out at once.
        max_kept_messages, max_kept_bytes: sent messages kept for resending until they are acknowledged.
        max_in_flight, congested_bytes: queries without an answer, and messages not yet handed to the transport, from
            which on the session is congested: the shell stops reading.
        max_queued_bytes: messages not yet handed to the transport; above it the session overflows: the shell closes
            the connection.
        max_packet_bytes: a container closes before it grows beyond this; a bigger message travels alone.
        max_packet_messages: messages of one outgoing container.
        bare_resend_age_s: a resent message older than this travels in a container, whose msg_id is fresh: clients
            refuse a packet older than 300 s but not a message inside a fresh container.
        max_resent_answer: an answer up to this size is resent on a duplicate request; of a bigger one the client gets
            msg_detailed_info.
        gzip_min, gzip_max: sizes of the rpc_result bodies that are tried with gzip; gzip_min 0 turns gzip off.
    """

    max_container_messages: int = 1024
    max_inflated_message: int = 2 * 1024 * 1024
    max_inflated_frame: int = 4 * 1024 * 1024
    max_depth: int = 4
    min_received_ids: int = 400
    max_received_ids: int = 4096
    received_ids_age_s: float = 331.0
    ack_delay_s: float = 2.0
    max_waiting_acks: int = 16
    max_kept_messages: int = 1024
    max_kept_bytes: int = 2 * 1024 * 1024
    max_in_flight: int = 100
    congested_bytes: int = 2 * 1024 * 1024
    max_queued_bytes: int = 32 * 1024 * 1024
    max_packet_bytes: int = 512 * 1024
    max_packet_messages: int = 1020
    bare_resend_age_s: float = 240.0
    max_resent_answer: int = 16 * 1024
    gzip_min: int = 1024
    gzip_max: int = 128 * 1024
