"""The proof inside ``auth.bindTempAuthKey``: a message under the permanent key which names the temporary one.

Specification: https://core.telegram.org/method/auth.bindTempAuthKey
"""

import tl
from connection_tier.crypto.auth_key import AuthKey
from connection_tier.crypto.message import pack_plaintext
from connection_tier.crypto.message_v1 import encrypt_v1
from connection_tier.crypto.randomness import RandomBytes
from tl import mtproto


def encrypt_binding(
    perm_auth_key: AuthKey,
    *,
    msg_id: int,
    nonce: int,
    temp_auth_key_id: int,
    temp_session_id: int,
    expires_at: int,
    random: RandomBytes,
) -> bytes:
    """Return the ``encrypted_message`` of a client's request; the function that answers it checks each part."""
    inner = mtproto.BindAuthKeyInner(
        nonce=nonce,
        temp_auth_key_id=temp_auth_key_id,
        perm_auth_key_id=perm_auth_key.id,
        temp_session_id=temp_session_id,
        expires_at=expires_at,
    )
    salt = int.from_bytes(random(8), "little", signed=True)
    session_id = int.from_bytes(random(8), "little", signed=True)
    return encrypt_v1(perm_auth_key, pack_plaintext(salt, session_id, msg_id, 0, tl.encode(inner)), random=random)
