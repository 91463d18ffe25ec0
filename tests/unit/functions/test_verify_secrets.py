"""For every writing method of secret chats: pushes, differences and a difference since the beginning agree.

For both users, their other devices, and a device that was away. Checklist 107.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import pytest

from tests.harness import Client, Harness
from tests.secret_model import SecretVerifier
from tests.unit.files.uploading import upload
from tests.unit.functions.messages.secrets import accept, ask, named, say, secret
from tl import api

M = api.messages


@dataclass
class Scene:
    """Alice has a phone and a tablet, Bob a phone, a desk and one that is away; her phone and his desk have a chat."""

    server: Harness
    alice: Client
    tablet: Client
    bob: Client
    desk: Client
    verifier: SecretVerifier
    hers: Any = None
    his: Any = None

    def call(self, device: Client, request: Any) -> Any:
        """Call through the verifier."""
        return self.verifier.call(device, request)

    def chat(self, device: Client, chat_id: int) -> Any:
        """A chat as a device knows it."""
        return self.verifier.models[device.auth_key_id].chats[chat_id]

    def begin(self, asking: Client, asked: Client) -> tuple[Any, Any]:
        """A chat between two devices; as either names it."""
        waiting = self.call(asking, ask(asking, asked))
        accepted = self.call(asked, accept(self.chat(asked, waiting.id)))
        return named(waiting), named(accepted)


Act = Callable[[Scene], None]
ACTS: Final[dict[str, Act]] = {}


def act(function: Act) -> Act:
    """Register a scene."""
    ACTS[function.__name__] = function
    return function


@act
def request_encryption(scene: Scene) -> None:
    scene.call(scene.alice, ask(scene.alice, scene.bob))
    scene.call(scene.desk, ask(scene.desk, scene.alice))


@act
def accept_encryption(scene: Scene) -> None:
    scene.begin(scene.bob, scene.tablet)
    scene.begin(scene.tablet, scene.desk)


@act
def discard_encryption(scene: Scene) -> None:
    scene.call(scene.alice, say(scene.hers, "kept"))
    scene.call(scene.desk, M.DiscardEncryption(chat_id=scene.his.chat_id))


@act
def discard_encryption__with_its_history(scene: Scene) -> None:
    _, kept = scene.begin(scene.alice, scene.desk)
    scene.call(scene.desk, say(kept, "of another chat"))
    scene.call(scene.desk, say(scene.his, "gone"))
    scene.call(scene.alice, say(scene.hers, "gone too"))
    scene.call(scene.alice, M.DiscardEncryption(chat_id=scene.hers.chat_id, delete_history=True))


@act
def discard_encryption__of_a_request(scene: Scene) -> None:
    declined = scene.call(scene.tablet, ask(scene.tablet, scene.bob))
    scene.call(scene.bob, M.DiscardEncryption(chat_id=declined.id))
    taken_back = scene.call(scene.desk, ask(scene.desk, scene.alice))
    scene.call(scene.desk, M.DiscardEncryption(chat_id=taken_back.id))


@act
def send_encrypted(scene: Scene) -> None:
    for number in range(4):
        scene.call(scene.alice, say(scene.hers, str(number)))
        scene.call(scene.desk, say(scene.his, f"answer {number}"))


@act
def send_encrypted__in_two_chats(scene: Scene) -> None:
    other, _ = scene.begin(scene.tablet, scene.desk)
    for peer, device in ((scene.hers, scene.alice), (other, scene.tablet), (scene.hers, scene.alice)):
        scene.call(device, say(peer))


@act
def send_encrypted__again(scene: Scene) -> None:
    request = say(scene.hers, "once")
    scene.call(scene.alice, request)
    scene.call(scene.alice, request)


@act
def send_encrypted_service(scene: Scene) -> None:
    scene.call(scene.alice, M.SendEncryptedService(peer=scene.hers, random_id=99, data=secret("layer")))


def _file(client: Client) -> Any:
    file = upload(client, b"f" * 2048)
    return api.InputEncryptedFileUploaded(id=file.id, parts=2, md5_checksum=file.md5_checksum, key_fingerprint=1)


@act
def send_encrypted_file(scene: Scene) -> None:
    request = M.SendEncryptedFile(peer=scene.his, random_id=5, data=secret("file"), file=_file(scene.desk))
    scene.call(scene.desk, request)
    scene.call(scene.desk, request)


@act
def upload_encrypted_file(scene: Scene) -> None:
    scene.call(scene.desk, M.UploadEncryptedFile(peer=scene.his, file=_file(scene.desk)))


@act
def read_encrypted_history(scene: Scene) -> None:
    date = scene.call(scene.alice, say(scene.hers)).date
    scene.call(scene.desk, M.ReadEncryptedHistory(peer=scene.his, max_date=date))
    scene.server.clock.advance(3600)
    scene.call(scene.alice, M.ReadEncryptedHistory(peer=scene.hers, max_date=int(scene.server.clock())))


@act
def received_queue(scene: Scene) -> None:
    for number in range(3):
        scene.call(scene.alice, say(scene.hers, str(number)))
    scene.call(scene.desk, M.ReceivedQueue(max_qts=3))


@act
def report_encrypted_spam(scene: Scene) -> None:
    scene.call(scene.desk, M.ReportEncryptedSpam(peer=scene.his))


@act
def set_encrypted_typing(scene: Scene) -> None:
    scene.call(scene.alice, M.SetEncryptedTyping(peer=scene.hers, typing=True))


@pytest.mark.parametrize("name", ACTS)
def test_all_devices_see_the_same(server: Harness, name: str) -> None:
    alice, bob = server.user("Alice"), server.user("Bob")
    tablet, desk, away = alice.device(), bob.device(), bob.device()
    scene = Scene(server, alice, tablet, bob, desk, SecretVerifier(server, alice, tablet, bob, desk, offline=[away]))
    scene.hers, scene.his = scene.begin(alice, desk)
    ACTS[name](scene)
    scene.verifier.check()
