from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.workflows.engine.node_type import NodeError
from apps.workflows.engine.ports import Secret
from apps.workflows.engine.ports_mail import MailAnswer, MailCall, RefusedRecipient
from apps.workflows.nodes.support.mail_text import addresses

SERVER = Secret("smtp", {"host": "mail.example.com"})
BASIC = {"from": "Shop <shop@example.com>", "to": "ada@example.com", "subject": "Hello", "text": "Hi"}


class Mail:
    def __init__(self, refused: Any = ()) -> None:
        self.calls: list[MailCall] = []
        self.refused = refused

    def send(self, call: MailCall) -> MailAnswer:
        self.calls.append(call)
        return MailAnswer(list(call.recipients), self.refused)


@pytest.fixture
def send(run_node: Any) -> Any:
    """The message that parameters make, read again; and the call."""

    def sent(items: Any = ({},), **parameters: Any) -> Any:
        mail = Mail()
        given = {**BASIC, **parameters}
        ran = run_node("send_email", given, items, mail=mail, credentials={"smtp": "c"}, secrets={"c": SERVER})
        return message_from_bytes(mail.calls[0].message, policy=default), mail.calls, ran

    return sent


def test_a_text_message(send: Any) -> None:
    message, (call,), ran = send()
    assert (message["From"], message["To"]) == ("Shop <shop@example.com>", "ada@example.com")
    assert message["Subject"] == "Hello"
    assert message.get_content().strip() == "Hi"
    assert (call.sender, call.recipients, call.server) == ("shop@example.com", ["ada@example.com"], SERVER.fields)
    assert ran.json() == [
        {
            "message_id": message["Message-ID"],
            "from": "shop@example.com",
            "accepted": ["ada@example.com"],
            "rejected": [],
        }
    ]


def test_text_and_html_in_one_message(send: Any) -> None:
    message, _, _ = send(format="both", text="Grüße", html="<p>Grüße</p>")
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content().strip() for part in message.iter_parts()] == ["Grüße", "<p>Grüße</p>"]


def test_html_alone(send: Any) -> None:
    message, _, _ = send(format="html", html="<b>x</b>")
    assert (message.get_content_type(), message.get_content().strip()) == ("text/html", "<b>x</b>")


def test_copies_are_in_the_envelope_and_blind_ones_in_no_header(send: Any) -> None:
    message, (call,), _ = send(
        to='"Lovelace, Ada" <ada@example.com>; b@example.com',
        cc=["c@example.com"],
        bcc="d@example.com",
        reply_to="e@x.org",
    )
    assert call.recipients == ["ada@example.com", "b@example.com", "c@example.com", "d@example.com"]
    assert (message["Cc"], message["Reply-To"], message["Bcc"]) == ("c@example.com", "e@x.org", None)
    assert b"d@example.com" not in call.message
    assert [address.display_name for address in message["To"].addresses] == ["Lovelace, Ada", ""]


def test_the_message_id_is_the_same_for_each_try_of_an_item_and_differs_between_items(send: Any) -> None:
    first = [call.message for call in send([{}, {}])[1]]
    again = [call.message for call in send([{}, {}])[1]]
    ids = [message_from_bytes(raw)["Message-ID"] for raw in (*first, *again)]
    assert ids[:2] == ids[2:] and ids[0] != ids[1]
    assert ids[0].endswith("@example.com>")


def test_only_seven_bits_travel(send: Any) -> None:
    _, (call,), _ = send(subject="Ünïcode ✓", text="日本語 " * 50, to="Zoë <zoe@exämple.com>")
    assert call.message.isascii()
    assert call.recipients == ["zoe@xn--exmple-cua.com"]
    assert all(len(line) <= 998 for line in call.message.splitlines())


@pytest.mark.parametrize(
    ("parameters", "kind", "place"),
    [
        ({"subject": "x\r\nBcc: all@example.com"}, "bad_header", "subject"),
        ({"subject": "x\u2028y"}, "bad_header", "subject"),
        ({"subject": "x" * 999}, "bad_header", "subject"),
        ({"to": "a@example.com\nBcc: b@example.com"}, "bad_header", "to"),
        ({"from": "Shop\r\nX: y <a@example.com>"}, "bad_header", "from"),
        ({"to": "nobody"}, "bad_address", "to"),
        ({"to": "a b@example.com"}, "bad_address", "to"),
        ({"to": "a@exa mple.com"}, "bad_address", "to"),
        ({"to": "jörg@example.com"}, "bad_address", "to"),
        ({"to": ""}, "bad_address", "to"),
        ({"to": [f"a{n}@example.com" for n in range(101)]}, "bad_address", "to"),
        ({"from": "a@example.com, b@example.com"}, "bad_address", "from"),
        ({"from": ""}, "bad_address", "from"),
        ({"timeout_seconds": 0}, "bad_value", "timeout_seconds"),
        ({"text": "x" * (10 * 1024 * 1024 + 1)}, "too_large", "text"),
    ],
)
def test_refusals(send: Any, parameters: Any, kind: str, place: str) -> None:
    with pytest.raises(NodeError) as refused:
        send(**parameters)
    assert (refused.value.kind, refused.value.parameter, refused.value.item) == (kind, place, 0)


def test_without_a_credential_nothing_is_sent(run_node: Any) -> None:
    with pytest.raises(NodeError) as refused:
        run_node("send_email", BASIC, mail=Mail())
    assert refused.value.kind == "credential_missing"


def test_who_was_refused_is_said(run_node: Any) -> None:
    mail = Mail([RefusedRecipient("b@example.com", 550, "no one")])
    ran = run_node("send_email", BASIC, mail=mail, credentials={"smtp": "c"}, secrets={"c": SERVER})
    assert ran.json()[0]["rejected"] == [{"address": "b@example.com", "code": 550, "reason": "no one"}]


@given(st.text(max_size=60))
def test_no_text_makes_an_address_with_control_characters_or_spaces(text: str) -> None:
    try:
        found = addresses(text, item=0, parameter="to")
    except NodeError as refused:
        assert refused.kind in ("bad_address", "bad_header")
        return
    for address in found:
        assert address.addr_spec.isascii() and not any(c.isspace() or c in "<>\x00" for c in address.addr_spec)
