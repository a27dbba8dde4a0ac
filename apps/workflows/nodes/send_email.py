"""Send e-mail: hands a message to a mail server for each item."""

from __future__ import annotations

from collections.abc import Mapping
from email.headerregistry import Address

from apps.workflows.engine.items import Item
from apps.workflows.engine.node_type import Capabilities, NodeContext, NodeError, NodeResult, NodeType, Parameter
from apps.workflows.engine.ports_mail import MailAnswer, MailCall
from apps.workflows.nodes.support.files import file_of, read_file
from apps.workflows.nodes.support.mail_text import (
    MAX_ATTACHED,
    MAX_ATTACHMENTS,
    MAX_BODY,
    MAX_RECIPIENTS,
    MAX_SUBJECT,
    Attachment,
    addresses,
    build_message,
    header_text,
)
from apps.workflows.nodes.support.parameters import options, time_limit_parameter, whole_number
from apps.workflows.nodes.support.values import text_of
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonObject, JsonValue

MAX_SECONDS = 300
_ADDRESSES = "Several are separated by commas; Name <name@example.com> is possible."


@register_node
class SendEmailNode(NodeType):
    """One message for each item, through the mail server of a credential."""

    type = "send_email"
    display_name = "Send e-mail"
    description = "Sends an e-mail through a mail server (SMTP)."
    group = "connect"
    icon = "mail"
    color = "http"
    credential_kinds = ("smtp",)
    needs_credential = True
    capabilities = Capabilities(supports_retry=True, side_effect=True)
    summary = "{to} · {subject}"
    parameters = (
        Parameter("from", "From", required=True, placeholder="Shop <shop@example.com>"),
        Parameter("to", "To", required=True, description=_ADDRESSES, placeholder="ada@example.com"),
        Parameter("cc", "Copy to", default_value="", description=_ADDRESSES),
        Parameter("bcc", "Blind copy to", default_value="", description=_ADDRESSES),
        Parameter("reply_to", "Answers to", default_value="", description=_ADDRESSES),
        Parameter("subject", "Subject", default_value=""),
        Parameter(
            "format",
            "Format",
            type="select",
            default_value="text",
            options=options(("text", "Text"), ("html", "HTML"), ("both", "Both")),
            supports_expressions=False,
        ),
        Parameter("text", "Text", default_value="", display_if={"format": ["text", "both"]}),
        Parameter("html", "HTML", default_value="", display_if={"format": ["html", "both"]}),
        Parameter(
            "attachments",
            "Attachments",
            default_value="",
            description="Properties of the item that have files, separated by commas.",
            placeholder="data",
        ),
        time_limit_parameter(60, MAX_SECONDS, supports_expressions=True),
    )
    example = {
        "from": "Shop <shop@example.com>",
        "to": "={{ $json.email }}",
        "subject": "=Order {{ $json.id }}",
        "text": "=Hello {{ $json.name }},\n\nyour order is on its way.",
    }
    example_output = {
        "message_id": "<example@example.com>",
        "from": "shop@example.com",
        "accepted": ["ada@example.com"],
        "rejected": [],
    }
    documentation = """
Sends one message for each item. The mail server comes from a credential of the kind `smtp`: host, port, user name,
password, and whether the connection is encrypted from the start (`tls`, port 465), after `STARTTLS` (port 587) or not
at all (`none`). Certificates are always checked.

**Out.** `{message_id, from, accepted, rejected}`: the addresses that the server took the message for, and those that it
refused, with its code and reason. A message that it takes for nobody is an error.

**Errors.** What the server answers is the kind: `smtp_550`, `smtp_421`. Answers of 4xx, time limits and lost
connections can be tried again: switch on the node's retry. `smtp_login_refused` means the credential; `bad_address` and
`bad_header` the parameters: a line break in a subject or an address is refused, so that nobody adds headers of his own.

**Sent twice?** When the connection breaks after the last byte nobody knows whether the message went out. Every try for
the same item has the same `Message-ID`, by which mail programs and servers know it again.

**Safety.** Mail servers in private networks are refused unless `EXPRSN_OUTGOING_ALLOW` names them. Blind copies are in
no header. Attachments may have 25 MB together.
"""

    def run(self, context: NodeContext) -> NodeResult:
        credential = context.node.credentials.get("smtp")
        if not credential:
            raise NodeError("Choose a credential of the kind smtp for this node.", kind="credential_missing")

        def send(item: Item, position: int) -> Item:
            server = context.ports.credentials.open(credential).fields
            call, message_id = _call(context, position, server)
            return Item(_outcome(context.ports.mail.send(call), message_id, call.sender))

        return context.each(send)


def _call(context: NodeContext, item: int, server: Mapping[str, str]) -> tuple[MailCall, str]:
    sender = _sender(context, item)
    to, cc, bcc, reply_to = (_group(context, name, item) for name in ("to", "cc", "bcc", "reply_to"))
    recipients = list(dict.fromkeys(address.addr_spec for address in (*to, *cc, *bcc)))
    if not 0 < len(recipients) <= MAX_RECIPIENTS:
        message = f"A message goes to 1 to {MAX_RECIPIENTS} addresses, not {len(recipients)}."
        raise NodeError(message, kind="bad_address", item=item, parameter="to")
    subject = header_text(context.param("subject", item), item=item, parameter="subject")
    if len(subject) > MAX_SUBJECT:
        message = f"The subject is longer than {MAX_SUBJECT} characters."
        raise NodeError(message, kind="bad_header", item=item, parameter="subject")
    kind = context.raw("format")
    content, message_id = build_message(
        key=context.idempotency_key(item),
        moment=context.ports.clock.now(),
        sender=sender,
        to=to,
        cc=cc,
        reply_to=reply_to,
        subject=subject,
        text=_body(context, "text", item) if kind in ("text", "both") else None,
        html=_body(context, "html", item) if kind in ("html", "both") else None,
        attachments=_attachments(context, item),
    )
    limit = context.param("timeout_seconds", item)
    seconds = whole_number(limit, least=1, most=MAX_SECONDS, item=item, parameter="timeout_seconds")
    return MailCall(server, sender.addr_spec, recipients, content, float(seconds)), message_id


def _group(context: NodeContext, name: str, item: int) -> list[Address]:
    return addresses(context.param(name, item) or "", item=item, parameter=name)


def _sender(context: NodeContext, item: int) -> Address:
    found = _group(context, "from", item)
    if len(found) != 1:
        raise NodeError("Give one address as the sender.", kind="bad_address", item=item, parameter="from")
    return found[0]


def _body(context: NodeContext, name: str, item: int) -> str:
    text = text_of(context.param(name, item))
    if len(text) > MAX_BODY:
        raise NodeError(f"It is longer than {MAX_BODY} characters.", kind="too_large", item=item, parameter=name)
    return text


def _attachments(context: NodeContext, item: int) -> list[Attachment]:
    names = [name for part in text_of(context.param("attachments", item)).split(",") if (name := part.strip())]
    found, left = [], MAX_ATTACHED
    for name in names[:MAX_ATTACHMENTS]:
        reference = file_of(context, name, item, "attachments")
        content = read_file(context, reference, left, item, "attachments")
        left -= len(content)
        found.append(
            Attachment(str(reference.get("file_name") or name), str(reference.get("media_type") or ""), content)
        )
    return found


def _outcome(answer: MailAnswer, message_id: str, sender: str) -> JsonObject:
    rejected: list[JsonValue] = [
        {"address": one.address, "code": one.code, "reason": one.reason} for one in answer.refused
    ]
    return {"message_id": message_id, "from": sender, "accepted": [*answer.accepted], "rejected": rejected}
