"""Files of items that go out by e-mail."""

from __future__ import annotations

import io
from email import message_from_bytes
from email.policy import default
from typing import Any, BinaryIO

import pytest

from apps.workflows.engine.items import Item, ItemBatch
from apps.workflows.engine.node_type import NodeError
from apps.workflows.engine.ports import Secret
from apps.workflows.engine.ports_mail import MailAnswer, MailCall
from tests.workflows.nodes.conftest import _run_node

SERVER = Secret("smtp", {"host": "mail.example.com"})
BASIC = {"from": "shop@example.com", "to": "ada@example.com", "text": "Hi"}


class Files:
    """Contents by id."""

    max_bytes = 1_000

    def __init__(self, contents: dict[str, bytes]) -> None:
        self._contents = contents

    def open(self, reference: Any) -> BinaryIO:
        return io.BytesIO(self._contents[reference["id"]])


def sent(binary: dict[str, Any], contents: dict[str, bytes], attachments: str) -> Any:
    """The message for an item with these files, read again."""
    calls: list[MailCall] = []

    class Mail:
        def send(self, call: MailCall) -> MailAnswer:
            calls.append(call)
            return MailAnswer(list(call.recipients))

    _run_node(
        "send_email", {**BASIC, "attachments": attachments}, ItemBatch([Item({}, binary)]),
        mail=Mail(), files=Files(contents), credentials={"smtp": "c"}, secrets={"c": SERVER},
    )  # fmt: skip
    return message_from_bytes(calls[0].message, policy=default)


def test_files_are_attached_as_they_are() -> None:
    picture = bytes(range(256))
    binary = {
        "data": {"id": "1", "file_name": "Über\r\nBcc: x.png", "media_type": "image/png"},
        "odd": {"id": "2", "media_type": "message/rfc822; x"},
    }
    message = sent(binary, {"1": picture, "2": b"From: a"}, "data, odd")
    first, second = message.iter_attachments()
    assert (first.get_content_type(), first.get_content(), message["Bcc"]) == ("image/png", picture, None)
    assert first.get_filename().startswith("Über")
    assert (second.get_content_type(), second.get_filename()) == ("application/octet-stream", "odd")
    assert message.get_body().get_content().strip() == "Hi"


def test_what_is_missing_or_too_large_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.workflows.nodes.send_email.MAX_ATTACHED", 5)
    binary = {"data": {"id": "1"}, "more": {"id": "1"}}
    for attachments, kind in (("photo", "file_missing"), ("data,more", "too_large")):
        with pytest.raises(NodeError) as refused:
            sent(binary, {"1": b"1234"}, attachments)
        assert (refused.value.kind, refused.value.parameter) == (kind, "attachments")
