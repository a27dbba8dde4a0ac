"""Building an HTTP call from the parameters of an http_request node."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from apps.core.contracts import StreamedBody
from apps.workflows.engine.node_type import NodeContext, NodeError
from apps.workflows.engine.ports import HttpCall
from apps.workflows.nodes.support.headers import header_map
from apps.workflows.nodes.support.http_files import AnswerKeeper, file_body, multipart_body
from apps.workflows.nodes.support.parameters import json_value, name_value_pairs, whole_number
from apps.workflows.nodes.support.paths import BadPath, with_path
from apps.workflows.nodes.support.values import number_of, text_of
from exprsn.kernel.jsonvalue import JsonObject

ACCEPT = "application/json, text/*;q=0.9, */*;q=0.8"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
MAX_URL = 8_192
MAX_TIMEOUT = 300
_METHOD = re.compile(r"[A-Z]{1,20}")

Pairs = list[tuple[str, Any]]


def build_call(context: NodeContext, item: int) -> HttpCall:
    """The request for one item. Raises ``NodeError`` for what cannot be sent."""
    method = text_of(context.param("method", item)).strip().upper()
    if not _METHOD.fullmatch(method):
        raise NodeError(f"{method!r} is not a method.", kind="bad_value", item=item, parameter="method")
    query = _pairs(context, item, "query")
    body, content_type = _body(context, item)
    headers: Pairs = [("Accept", ACCEPT)]
    if content_type:
        headers.append(("Content-Type", content_type))
    if context.param("idempotency_header", item) and method not in SAFE_METHODS:
        headers.append(("Idempotency-Key", context.idempotency_key(item)))
    headers += _pairs(context, item, "headers")
    auth = _authentication(context)
    return HttpCall(
        method=method,
        url=_url(context.param("url", item), item),
        headers=header_map([*headers, *auth.headers], item=item, parameter="headers"),
        query=_flat([*query, *auth.query]),
        body=body,
        timeout=_timeout(context, item),
        keeper=AnswerKeeper(context, item),
        follow_redirects=bool(context.param("follow_redirects", item)),
        max_redirects=whole_number(
            context.param("max_redirects", item), least=0, most=50, item=item, parameter="max_redirects"
        ),
        credential=auth.credential,
        rate=auth.rate,
    )


def _url(value: Any, item: int) -> str:
    url = text_of(value).strip()
    try:
        parts = urlsplit(url)
        known = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        known = False
    if not known or len(url) > MAX_URL or any(ord(character) <= 32 for character in url):
        raise NodeError(
            f"{url[:200]!r} is not a web address that begins with http:// or https://.",
            kind="bad_url",
            item=item,
            parameter="url",
        )
    return url


def _timeout(context: NodeContext, item: int) -> float:
    seconds = number_of(context.param("timeout_seconds", item))
    if seconds is None or not 0 < seconds <= MAX_TIMEOUT:
        raise NodeError(
            f"The time limit is more than 0 and at most {MAX_TIMEOUT} seconds.",
            kind="bad_value",
            item=item,
            parameter="timeout_seconds",
        )
    return float(seconds)


def _pairs(context: NodeContext, item: int, name: str) -> Pairs:
    """The query or the headers: from a list of fields, or from one JSON object."""
    if context.param(f"{name}_format", item) != "json":
        return name_value_pairs(context.param(name, item), item=item, parameter=name)
    value = json_value(context.param(f"{name}_json", item) or {}, item=item, parameter=f"{name}_json")
    if not isinstance(value, dict):
        raise NodeError("The JSON must be an object.", kind="bad_json", item=item, parameter=f"{name}_json")
    return list(value.items())


def _flat(pairs: Pairs) -> list[tuple[str, str]]:
    """Names with lists are repeated, as most servers read them."""
    return [
        (name, text_of(entry)) for name, value in pairs for entry in (value if isinstance(value, list) else [value])
    ]


@dataclass(frozen=True, slots=True)
class _Authentication:
    """What a credential adds to a request, and how often it may be used."""

    headers: Pairs = field(default_factory=list)
    query: Pairs = field(default_factory=list)
    credential: str = ""
    rate: str = ""


def _authentication(context: NodeContext) -> _Authentication:
    kind = context.raw("authentication")
    if kind == "none":
        return _Authentication()
    credential = context.node.credentials.get(str(kind))
    if not credential:
        raise NodeError(f"Choose a credential of the kind {kind} for this node.", kind="credential_missing")
    fields = context.ports.credentials.open(credential).fields
    headers, query = _signature(str(kind), fields)
    return _Authentication(headers, query, credential, fields.get("rate", ""))


def _signature(kind: str, fields: Mapping[str, str]) -> tuple[Pairs, Pairs]:
    if kind == "basic":
        login = f"{fields.get('username', '')}:{fields.get('password', '')}".encode()
        return [("Authorization", f"Basic {b64encode(login).decode()}")], []
    if kind == "bearer":
        return [("Authorization", f"Bearer {fields.get('token', '')}")], []
    pair = (fields.get("name", ""), fields.get("value", ""))
    return ([pair], []) if kind == "header" else ([], [pair])


def _body(context: NodeContext, item: int) -> tuple[bytes | StreamedBody | None, str]:
    """The body's bytes and its content type."""
    kind = context.param("body_type", item)
    if kind == "json":
        return _json_body(context, item), "application/json"
    if kind == "raw":
        return text_of(context.param("raw_body", item)).encode(), text_of(
            context.param("raw_content_type", item)
        ) or "text/plain; charset=utf-8"
    if kind == "binary":
        return file_body(context, item)
    if kind not in ("form", "multipart"):
        return None, ""
    pairs = _flat(name_value_pairs(context.param("body_fields", item), item=item, parameter="body_fields"))
    if kind == "form":
        return urlencode(pairs).encode(), "application/x-www-form-urlencoded"
    return multipart_body(context, item, pairs)


def _json_body(context: NodeContext, item: int) -> bytes:
    if context.param("json_format", item) == "fields":
        pairs = name_value_pairs(context.param("body_fields", item), item=item, parameter="body_fields")
        body: JsonObject = {}
        for name, value in pairs:
            try:
                body = with_path(body, name, value)
            except BadPath as problem:
                raise NodeError(str(problem), kind="bad_value", item=item, parameter="body_fields") from None
        return text_of(body).encode()
    value = context.param("json_body", item)
    if isinstance(value, str) and not value.strip():
        return b""
    parsed = json_value(value, item=item, parameter="json_body")
    return b"null" if parsed is None else _as_json(parsed)


def _as_json(value: Any) -> bytes:
    """JSON of any value: text too is spelled with quotes."""
    return text_of([value]).encode()[1:-1]
