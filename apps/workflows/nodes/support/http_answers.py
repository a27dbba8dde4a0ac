"""Making items of the answer to an http_request node's call."""

from __future__ import annotations

from typing import Any

from apps.workflows.engine.items import Item
from apps.workflows.engine.node_type import NodeContext, NodeError
from apps.workflows.engine.ports import HttpAnswer
from apps.workflows.nodes.support.http_files import is_text_type
from apps.workflows.nodes.support.values import parsed_json, text_of
from exprsn.kernel.jsonvalue import JsonObject

SHOWN = 2_000
RETRYABLE = frozenset({408, 425, 429})


def items_of(context: NodeContext, answer: HttpAnswer, item: int) -> list[Item]:
    """The items that an answer stands for. Raises ``NodeError`` for a status of 400 or more."""
    if answer.status >= 400 and not context.param("never_error", item):
        raise _failure(answer, item)
    if answer.kept is None:
        return [Item(json) for json in _objects(context, answer, item)]
    field = text_of(context.param("output_field", item)) or "data"
    json = _with_status(answer, {}) if context.param("full_response", item) else {}
    json.pop("body", None)
    return [Item(json, {field: answer.kept})]


def _objects(context: NodeContext, answer: HttpAnswer, item: int) -> list[JsonObject]:
    body, is_text = _body(context, answer, item)
    if context.param("full_response", item):
        return [_with_status(answer, body)]
    field = text_of(context.param("output_field", item)) or "data"
    if is_text:
        return [{field: body}]
    if isinstance(body, list):
        return [entry if isinstance(entry, dict) else {field: entry} for entry in body]
    return [body if isinstance(body, dict) else {field: body}]


def _with_status(answer: HttpAnswer, body: Any) -> JsonObject:
    return {
        "status": answer.status,
        "statusCode": answer.status,
        "statusMessage": answer.reason,
        "headers": dict(answer.headers),
        "body": body,
    }


def _body(context: NodeContext, answer: HttpAnswer, item: int) -> tuple[Any, bool]:
    """The body and whether it is text."""
    wanted = context.param("response_format", item)
    media_type = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if wanted == "text":
        return _text(answer), True
    if not answer.body.strip():
        return {}, False
    if wanted == "json" or "json" in media_type or not media_type:
        try:
            return parsed_json(_text(answer)), False
        except ValueError as problem:
            if wanted == "json":
                raise NodeError(f"The answer is not valid JSON: {problem}.", kind="bad_response", item=item) from None
    elif not is_text_type(media_type):
        raise NodeError(f"The answer is a file ({media_type}) that could not be kept.", kind="bad_response", item=item)
    return _text(answer), True


def _text(answer: HttpAnswer) -> str:
    charset = "utf-8"
    for part in answer.headers.get("content-type", "").split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip('"')
    try:
        text = answer.body.decode(charset, "replace")
    except (LookupError, UnicodeError):  # an unknown name, or a codec that does not make text
        text = answer.body.decode("utf-8", "replace")
    return text.removeprefix("\ufeff")


def _failure(answer: HttpAnswer, item: int) -> NodeError:
    details: JsonObject = {"status": answer.status, "body": _text(answer)[:SHOWN]}
    retry_after = answer.headers.get("retry-after", "")
    if retry_after.isascii() and retry_after.isdecimal():
        details["retry_after"] = int(retry_after[:9])
    return NodeError(
        f"The server answered {answer.status} {answer.reason}".rstrip() + ".",
        kind=f"http_{answer.status}",
        retryable=answer.status >= 500 or answer.status in RETRYABLE,
        item=item,
        details=details,
    )
