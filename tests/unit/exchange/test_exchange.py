"""Whole key exchanges: our client, every constructor, both paddings, resends, retries, failures of the store."""

import os
from hashlib import sha1, sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tl
from connection_tier.crypto.rsa import RsaKey
from connection_tier.exchange import ClientExchange, HandshakeFailed, ServerExchange, StoreOutcome, is_heavy
from connection_tier.exchange.server import HANDSHAKE_LIFE_S, MAX_PENDING
from connection_tier.transport import TransportErrorCode
from tests.unit.crypto.determinism import SeededRandom
from tests.unit.crypto.keys import server_key
from tests.unit.exchange.golden import GOLDEN_KEY_ID, GOLDEN_TRANSCRIPT, golden_rsa_key
from tests.unit.exchange.steps import NOW, Manual, ManualClock, answer_of, run, server
from tl import mtproto


@pytest.mark.parametrize("legacy_padding", [False, True])
@pytest.mark.parametrize("dc_id", [None, 2, -2, 10002, -10002])
@pytest.mark.parametrize("expires_in", [None, 86400])
def test_whole(legacy_padding: bool, dc_id: int | None, expires_in: int | None) -> None:  # checklist 22-34
    clock = ManualClock()
    client = ClientExchange(
        [server_key().public], os.urandom, clock, legacy_padding=legacy_padding, dc_id=dc_id, expires_in=expires_in
    )
    new_key, transcript = run(server(clock, dc_ids={2}), client)
    assert client.result is not None
    assert client.result.auth_key == new_key.auth_key
    assert client.result.server_salt == new_key.server_salt
    assert client.result.time_offset == 0
    assert new_key.expires_in == expires_in
    assert new_key.expires_at == client.result.expires_at == (None if expires_in is None else int(NOW) + expires_in)
    assert new_key.dc == dc_id
    assert [is_heavy(query) for query in transcript[::2]] == [False, True, True]
    assert str(new_key.server_salt) not in repr(new_key)  # checklist 124


def test_golden() -> None:  # checklist 128: fixed randomness on both sides
    exchange = ServerExchange([golden_rsa_key()], SeededRandom("server"), ManualClock())
    client = ClientExchange([golden_rsa_key().public], SeededRandom("client"), ManualClock())
    new_key, transcript = run(exchange, client)
    assert new_key.auth_key.id == GOLDEN_KEY_ID
    assert [sha256(message).hexdigest()[:16] for message in transcript] == GOLDEN_TRANSCRIPT


def test_values_of_the_specification() -> None:  # checklist 28 30 32 33 34
    manual = Manual(server()).to_dh()
    answer, new_key = answer_of(manual.exchange, manual.set_client_dh_params())
    assert new_key is not None
    assert new_key.auth_key == manual.auth_key
    digest = sha1(manual.auth_key.key).digest()
    assert new_key.auth_key.id == int.from_bytes(digest[12:20], "little", signed=True)
    salt = bytes(x ^ y for x, y in zip(manual.new_nonce[:8], manual.server_nonce[:8], strict=True))
    assert new_key.server_salt == int.from_bytes(salt, "little", signed=True)
    ok = tl.decode(answer)
    assert ok == mtproto.DhGenOk(
        nonce=manual.nonce,
        server_nonce=manual.server_nonce,
        new_nonce_hash1=sha1(manual.new_nonce + b"\x01" + digest[:8]).digest()[4:20],
    )


def test_both_queries_are_the_same() -> None:  # checklist 22
    exchange = server()
    answers = [
        tl.decode(exchange.receive(tl.encode(method(nonce=bytes([number]) * 16))).answer or b"")
        for number, method in enumerate([mtproto.ReqPq, mtproto.ReqPqMulti])
    ]
    for number, answer in enumerate(answers):
        assert answer.nonce == bytes([number]) * 16
        assert answer.server_public_key_fingerprints == [server_key().fingerprint]
    assert answers[0].pq != answers[1].pq  # checklist 24
    assert answers[0].server_nonce != answers[1].server_nonce


def test_any_number_of_probes() -> None:  # checklist 23, bounded
    exchange = server()
    for _ in range(100):
        Manual(exchange).req_pq()
    assert exchange.pending == MAX_PENDING
    manual = Manual(exchange).to_dh()
    for _ in range(MAX_PENDING - 1):
        Manual(exchange).req_pq()
    _, new_key = answer_of(exchange, manual.set_client_dh_params())
    assert new_key is not None


def test_forgotten_handshake() -> None:
    exchange = server()
    manual = Manual(exchange).req_pq()
    for _ in range(MAX_PENDING):
        Manual(exchange).req_pq()
    with pytest.raises(HandshakeFailed):
        exchange.receive(manual.req_dh_params())


def test_random_bytes_behind_the_query() -> None:  # TDLib and Telegram Desktop count them in the length
    exchange = server()
    client = ClientExchange([server_key().public], os.urandom, ManualClock())
    query: bytes | None = client.start()
    while query is not None:
        answer, _ = answer_of(exchange, query + os.urandom(16 * 15))
        query = client.receive(answer)
    assert client.result is not None


def test_identical_queries_get_identical_answers() -> None:  # checklist 35
    clock = ManualClock()
    exchange = server(clock)
    client = ClientExchange([server_key().public], os.urandom, clock)
    query: bytes | None = client.start()
    sent: list[tuple[bytes, bytes]] = []
    while query is not None:
        answer, _ = answer_of(exchange, query)
        sent.append((query, answer))
        clock.now += 1
        for earlier, earlier_answer in sent:
            assert exchange.receive(earlier + os.urandom(16)).answer == earlier_answer
        query = client.receive(answer)
    clock.now += HANDSHAKE_LIFE_S
    for earlier, _ in sent[1:]:
        with pytest.raises(HandshakeFailed):
            exchange.receive(earlier)
    assert exchange.receive(sent[0][0]).answer != sent[0][1]
    assert exchange.pending == 1


def test_resend_before_the_key_is_stored() -> None:  # checklist 35 36
    manual = Manual(server()).to_dh()
    query = manual.set_client_dh_params()
    first = manual.exchange.receive(query)
    assert manual.exchange.receive(query).new_key is first.new_key
    with pytest.raises(HandshakeFailed, match="out of order"):
        manual.exchange.receive(manual.set_client_dh_params())


@pytest.mark.parametrize("step", ["req_dh_params", "set_client_dh_params"])
def test_another_query_with_the_same_nonces_fails(step: str) -> None:  # checklist 35
    manual = Manual(server()).to_dh()
    if step == "set_client_dh_params":
        answer_of(manual.exchange, manual.set_client_dh_params())
    with pytest.raises(HandshakeFailed):
        manual.exchange.receive(getattr(manual, step)())
    with pytest.raises(HandshakeFailed, match="unknown server_nonce"):  # checklist 25: then nothing more
        manual.exchange.receive(manual.set_client_dh_params())


def test_collision_is_retried() -> None:  # checklist 31 33
    manual = Manual(server()).to_dh()
    first = manual.set_client_dh_params()
    answer, new_key = answer_of(manual.exchange, first, StoreOutcome.COLLISION)
    assert new_key is not None
    retry = tl.decode(answer)
    assert retry == mtproto.DhGenRetry(
        nonce=manual.nonce,
        server_nonce=manual.server_nonce,
        new_nonce_hash2=new_key.auth_key.new_nonce_hash(manual.new_nonce, 2),
    )
    assert manual.exchange.receive(first).answer == answer
    aux_hash = int.from_bytes(new_key.auth_key.aux_hash, "little", signed=True)
    second = manual.set_client_dh_params(manual.client_inner(retry_id=aux_hash))
    answer, second_key = answer_of(manual.exchange, second)
    assert isinstance(tl.decode(answer), mtproto.DhGenOk)
    assert second_key is not None
    assert second_key.auth_key != new_key.auth_key


def test_wrong_retry_id() -> None:  # checklist 31
    manual = Manual(server()).to_dh()
    answer_of(manual.exchange, manual.set_client_dh_params(), StoreOutcome.COLLISION)
    with pytest.raises(HandshakeFailed, match="retry_id"):
        manual.exchange.receive(manual.set_client_dh_params(manual.client_inner(retry_id=0)))


def test_retries_are_bounded() -> None:
    manual = Manual(server()).to_dh()
    retry_id = 0
    for _ in range(4):
        query = manual.set_client_dh_params(manual.client_inner(retry_id=retry_id))
        _, new_key = answer_of(manual.exchange, query, StoreOutcome.COLLISION)
        assert new_key is not None
        retry_id = int.from_bytes(new_key.auth_key.aux_hash, "little", signed=True)
    with pytest.raises(HandshakeFailed, match="out of order"):
        manual.exchange.receive(manual.set_client_dh_params(manual.client_inner(retry_id=retry_id)))


def test_client_retries() -> None:  # checklist 31 33
    exchange = server()
    client = ClientExchange([server_key().public], os.urandom, ManualClock())
    outcomes = iter([StoreOutcome.COLLISION, StoreOutcome.COLLISION, StoreOutcome.STORED])
    query: bytes | None = client.start()
    new_key = None
    while query is not None:
        reply = exchange.receive(query)
        new_key = reply.new_key
        answer = reply.answer if new_key is None else exchange.finish(new_key, next(outcomes))
        assert answer is not None
        query = client.receive(answer)
    assert client.result is not None
    assert new_key is not None
    assert client.result.auth_key == new_key.auth_key


def test_store_failure() -> None:  # checklist 33
    manual = Manual(server()).to_dh()
    query = manual.set_client_dh_params()
    answer, new_key = answer_of(manual.exchange, query, StoreOutcome.FAILED)
    assert new_key is not None
    assert tl.decode(answer) == mtproto.DhGenFail(
        nonce=manual.nonce,
        server_nonce=manual.server_nonce,
        new_nonce_hash3=new_key.auth_key.new_nonce_hash(manual.new_nonce, 3),
    )
    assert manual.exchange.receive(query).answer == answer
    with pytest.raises(HandshakeFailed):
        manual.exchange.receive(manual.set_client_dh_params())


def test_finish_only_once() -> None:
    manual = Manual(server()).to_dh()
    new_key = manual.exchange.receive(manual.set_client_dh_params()).new_key
    assert new_key is not None
    manual.exchange.finish(new_key, StoreOutcome.STORED)
    with pytest.raises(HandshakeFailed, match="no handshake awaits"):
        manual.exchange.finish(new_key, StoreOutcome.STORED)
    with pytest.raises(HandshakeFailed, match="no handshake awaits"):
        server().finish(new_key, StoreOutcome.STORED)


def test_every_key_is_offered() -> None:  # checklist 124: rotation
    old, new = RsaKey.generate(), server_key()
    for keys, trusted in (([old, new], new), ([new, old], old)):
        client = ClientExchange([trusted.public], os.urandom, ManualClock())
        run(ServerExchange(keys, os.urandom, ManualClock()), client)
        assert client.result is not None


@pytest.mark.parametrize("dc_id", [1, 10001, -10001, 12, 0, 20002])
def test_another_dc(dc_id: int) -> None:  # checklist 13 27
    manual = Manual(server(dc_ids={2})).req_pq()
    with pytest.raises(HandshakeFailed, match="data centre") as caught:
        manual.exchange.receive(manual.req_dh_params(manual.inner(dc=dc_id)))
    assert caught.value.code is TransportErrorCode.WRONG_DC
    manual = Manual(server(dc_ids=None)).req_pq()
    assert manual.exchange.receive(manual.req_dh_params(manual.inner(dc=dc_id))).answer is not None


@settings(deadline=None, max_examples=200)
@given(
    st.binary(max_size=120),
    st.sampled_from([mtproto.ReqPq, mtproto.ReqPqMulti, mtproto.ReqDHParams, mtproto.SetClientDHParams]),
    st.booleans(),
)
def test_fuzz_server(data: bytes, method: type[tl.TLObject], with_id: bool) -> None:
    body = method.CONSTRUCTOR_ID.to_bytes(4, "little") + data if with_id else data
    try:
        reply = server().receive(body)
    except HandshakeFailed as error:
        assert error.code is TransportErrorCode.AUTH_KEY_NOT_FOUND
    else:
        assert reply.answer is not None


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=120), st.integers(0, 2), st.booleans())
def test_fuzz_client(data: bytes, step: int, with_prefix: bool) -> None:
    exchange = server()
    client = ClientExchange([server_key().public], os.urandom, ManualClock())
    query: bytes | None = client.start()
    for _ in range(step):
        assert query is not None
        query = client.receive(answer_of(exchange, query)[0])
    assert query is not None
    body = answer_of(exchange, query)[0][:36] + data if with_prefix else data
    with pytest.raises(HandshakeFailed):
        client.receive(body)
    assert client.result is None
