"""Every metric of the server. Dashboards, alerts and runbooks name these and no others (a test compares).

Labels come from small fixed sets: methods of the schema, error names without their numbers, transports, jobs. Never a
user, address or message.
"""

from __future__ import annotations

from typing import Final

from layers.metrics import Catalog

CATALOG: Final = Catalog()

REQUESTS = CATALOG.histogram(
    "cirrusgram_request_seconds", "Queries answered by the node, from decryption to the answer.", "method"
)
ERRORS = CATALOG.counter("cirrusgram_errors_total", "Queries answered with an rpc_error.", "method", "error")
FUNCTIONS = CATALOG.histogram(
    "cirrusgram_function_seconds", "Functions run, in whichever process, without the wait for it.", "method"
)
INVOCATIONS = CATALOG.histogram(
    "cirrusgram_invoke_seconds", "Invocations by the runner that served them: local, workers, lambda.", "runner"
)
RUNNING = CATALOG.gauge("cirrusgram_requests_running", "Queries that are being answered.")
WORKERS_WAITING = CATALOG.gauge("cirrusgram_workers_waiting", "Requests that wait for a worker process.")
WORKERS_READY = CATALOG.gauge("cirrusgram_workers_ready", "Worker processes that serve.")
WORKERS_ENDED = CATALOG.counter("cirrusgram_workers_ended_total", "Worker processes that ended unasked.")

CONNECTIONS = CATALOG.gauge(
    "cirrusgram_connections", "Open connections by carrier (tcp, websocket, http) and framing.", "carrier", "transport"
)
SESSIONS = CATALOG.gauge(
    "cirrusgram_sessions", "Sessions by carrier (none: without a connection) and API layer.", "carrier", "layer"
)
USERS_ONLINE = CATALOG.gauge("cirrusgram_users_online", "Users that receive updates at this node.")
OPENED = CATALOG.counter("cirrusgram_connections_opened_total", "Connections that were accepted.")
REFUSED = CATALOG.counter("cirrusgram_connections_refused_total", "Connections above a limit of the settings.")
HANDSHAKES = CATALOG.counter(
    "cirrusgram_handshakes_total",
    "Key exchanges: ok, failed, busy or limited (above the limits of node or address), unstored.",
    "outcome",
)
BAD_MESSAGES = CATALOG.counter(
    "cirrusgram_bad_msg_total", "Messages refused by bad_msg_notification or bad_server_salt (48), by code.", "code"
)
TRANSPORT_ERRORS = CATALOG.counter("cirrusgram_transport_errors_total", "Connections ended by a code.", "code")
UNDECRYPTABLE = CATALOG.counter("cirrusgram_undecryptable_total", "Packets that their key does not decrypt.")

MESSAGES = CATALOG.counter("cirrusgram_messages_sent_total", "Messages stored, by kind of peer.", "peer")
CLIENT_REPORTS = CATALOG.counter(
    "cirrusgram_client_reports_total", "What clients say of messages: delivered, pushed, read, listened.", "kind"
)
DELIVERED = CATALOG.counter("cirrusgram_outbox_applied_total", "Outbox operations applied to a box.", "operation")
OUTBOX_WAIT = CATALOG.histogram("cirrusgram_outbox_wait_seconds", "From the commit of a change to the other box.")
OUTBOX_STALE = CATALOG.gauge("cirrusgram_outbox_stale_accounts", "Accounts whose outbox rows wait over a second.")
OUTBOX_OLDEST = CATALOG.gauge("cirrusgram_outbox_oldest_seconds", "Age of the oldest waiting outbox row; 0: none.")
PUSHES = CATALOG.counter("cirrusgram_pushes_total", "Updates queued for a session.")
PUSH_LATENCY = CATALOG.histogram("cirrusgram_push_seconds", "From the commit of a change to the receiver's socket.")
PUSHES_HELD = CATALOG.gauge("cirrusgram_pushes_held", "Pushes that wait for those before them.")
RESYNCS = CATALOG.counter("cirrusgram_resyncs_total", "Times all sessions were told to catch up.")
LAG = CATALOG.gauge("cirrusgram_consumer_lag_records", "Bus records produced and not handled.", "topic", "group")

QUEUE_BYTES = CATALOG.gauge(
    "cirrusgram_queue_bytes",
    "Bytes held for clients: inbound (unfinished packets), outbound (unsent messages).",
    "queue",
)
FILE_BYTES = CATALOG.counter("cirrusgram_file_bytes_total", "Bytes of files: uploaded, downloaded.", "direction")
LOOP_LAG = CATALOG.histogram(
    "cirrusgram_loop_lag_seconds", "How late the node's event loop is, looked at four times a second."
)
JOBS = CATALOG.histogram("cirrusgram_job_seconds", "Runs of periodic jobs.", "job")
JOB_FAILURES = CATALOG.counter("cirrusgram_job_failures_total", "Runs of periodic jobs that failed.", "job")
PRUNED = CATALOG.counter("cirrusgram_pruned_total", "Rows and blobs removed by the retention jobs.", "what")
CODES = CATALOG.counter(
    "cirrusgram_login_codes_total", "Login codes handed over, by way and outcome.", "way", "outcome"
)
