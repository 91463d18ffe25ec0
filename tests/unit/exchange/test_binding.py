"""The proof inside auth.bindTempAuthKey, made by a client and read by the server. checklist 37"""

import os

import tl
from connection_tier.crypto.auth_key import AuthKey
from connection_tier.exchange.binding import encrypt_binding
from layers.domain.mtproto_v1 import decrypt_inner
from tests.unit.crypto.determinism import SeededRandom
from tl import mtproto

PERM = AuthKey(SeededRandom("perm")(256))


def test_the_server_reads_every_field() -> None:
    fields = {"nonce": -5, "temp_auth_key_id": -6, "temp_session_id": 7, "expires_at": 1_700_086_400}
    message = decrypt_inner(PERM.key, encrypt_binding(PERM, msg_id=4 << 32, **fields, random=os.urandom))
    assert (message.msg_id, message.seqno) == (4 << 32, 0)
    assert tl.decode(message.body) == mtproto.BindAuthKeyInner(perm_auth_key_id=PERM.id, **fields)
