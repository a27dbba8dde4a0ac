"""Send email 1–2.1."""

from __future__ import annotations

from apps.workflows.interchange.n8n.converting import Converted, Source, converts
from apps.workflows.interchange.n8n.reading import Reader, Unmapped
from exprsn.kernel.jsonvalue import JsonObject


@converts("emailSend")
def convert_email_send(source: Source) -> Converted:
    """Send email: sending; waiting for an answer is another matter."""
    parameters = source.parameters
    options = parameters.inner("options")
    if parameters.fixed("resource", "email") != "email" or parameters.fixed("operation", "send") != "send":
        raise Unmapped("Sending and waiting for an answer is not supported yet.")
    warnings = []
    if options.flag("allowUnauthorizedCerts"):
        warnings.append("Certificates are always checked.")
    if options.flag("appendAttribution", True) and source.version >= 2:
        warnings.append("n8n's line about itself is not added.")
    made: JsonObject = {
        "from": parameters.value("fromEmail", ""),
        "to": parameters.value("toEmail", ""),
        "cc": _either(parameters, options, "ccEmail"),
        "bcc": _either(parameters, options, "bccEmail"),
        "reply_to": options.value("replyTo", ""),
        "subject": parameters.value("subject", ""),
        **({"attachments": attached} if (attached := _either(parameters, options, "attachments")) else {}),
        **_content(source),
    }
    if not made["to"] or not made["from"]:
        raise Unmapped("The node has no sender or nobody to send to.")
    return Converted("send_email", made, credentials={"smtp": "smtp"}, warnings=warnings)


def _either(parameters: Reader, options: Reader, name: str) -> str:
    """A parameter that moved into the options."""
    return parameters.text(name) or options.text(name)


def _content(source: Source) -> JsonObject:
    parameters = source.parameters
    text, html = parameters.value("text", ""), parameters.value("html", "")
    if source.version < 2:
        kind = "both" if text and html else "html" if html else "text"
    else:
        kind = parameters.fixed("emailFormat", "text" if source.version == 2 else "html", "text", "html", "both")
    return {
        "format": kind,
        **({"text": text} if kind != "html" else {}),
        **({"html": html} if kind != "text" else {}),
    }
