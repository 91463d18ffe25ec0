"""Message identifiers of both sides."""

from itertools import pairwise

import pytest

from connection_tier.session.bad_msg import BadMsgCode
from connection_tier.session.msg_id import ClientMsgIds, ServerMsgIds, check_time

NOW = 1_800_000_000.25


def test_server_ids_have_parity_rise_and_follow_the_clock() -> None:  # checklist 45
    now = NOW
    ids = ServerMsgIds(lambda: now)
    made = []
    for step in range(1000):
        now = NOW + step / 7 if step % 3 else NOW  # the clock stands still and steps back
        made.append((ids.next(is_response=step % 2 == 0), step % 2 == 0))
    assert all(msg_id % 4 == (1 if is_response else 3) for msg_id, is_response in made)
    assert all(earlier[0] < later[0] for earlier, later in pairwise(made))
    assert made[0][0] >> 32 == int(NOW)
    assert made[-1][0] >> 32 == pytest.approx(NOW + 1000 / 7, abs=2)


def test_client_ids_rise_and_keep_a_fraction() -> None:  # checklist 45
    ids = ClientMsgIds(lambda: 1_800_000_000.0)
    made = [ids.next() for _ in range(100)]
    assert made == sorted(set(made))
    assert all(msg_id % 4 == 0 and msg_id & 0xFFFFFFFF for msg_id in made)


def test_a_client_takes_the_servers_time() -> None:  # checklist 123: from messages under the key only
    ids = ClientMsgIds(lambda: NOW + 5000)
    server = ServerMsgIds(lambda: NOW)
    assert check_time(ids.next(), NOW) == BadMsgCode.MSG_ID_TOO_HIGH
    ids.correct(server.next(is_response=False), BadMsgCode.MSG_ID_TOO_HIGH)
    assert check_time(ids.next(), NOW) is None


@pytest.mark.parametrize(
    ("age_s", "code"),
    [(0, None), (299, None), (301, 16), (100_000, 16), (-29, None), (-32, 17), (-100_000, 17)],
)
def test_window_of_time(age_s: float, code: int | None) -> None:  # checklist 46
    assert check_time(int((NOW - age_s) * 2**32) & ~3, NOW) == code


def test_empty_fraction_passes() -> None:  # checklist 45; the first of every second of Pyrogram, Pyrofork, Hydrogram
    assert check_time(int(NOW) << 32, NOW) is None
