"""Outgoing HTTP: the one way by which the product calls addresses that people name."""

from __future__ import annotations

import ssl
from collections.abc import Mapping, Sequence

import httpcore

from apps.core.contracts import BodyKeeper, OutgoingResponse, StreamedBody
from apps.core.services.outgoing_bodies import DECODED, is_decoded, pieces_of, read_body
from apps.core.services.outgoing_targets import Target, parse_target
from apps.core.services.outgoing_transport import CONNECT_SECONDS, OutgoingBlocked, connection_pool, deadline
from exprsn.kernel.correlation import correlation_id
from exprsn.kernel.errors import InvalidInput, UpstreamFailed
from exprsn.kernel.redaction import is_secret_name
from exprsn.kernel.tracing import TRACEPARENT, Attribute, is_tracing, span, traceparent

__all__ = ["OutgoingBlocked", "guarded_request"]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BODY_HEADERS = frozenset({"content-length", "content-type", "content-encoding", "transfer-encoding"})
_BODY_LENGTH = frozenset({"content-encoding", "content-length"})
# The length and the framing are ours to say.
_OWN_HEADERS = frozenset({"content-length", "transfer-encoding", "connection"})


def guarded_request(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    query: Sequence[tuple[str, str]] = (),
    body: bytes | StreamedBody | None = None,
    timeout: float = 30,
    max_bytes: int = 16 * 1024 * 1024,
    follow_redirects: bool = True,
    max_redirects: int = 10,
    keeper: BodyKeeper | None = None,
) -> OutgoingResponse:
    """Send one request to a public or allowed address; redirects are asked for again, each checked anew.

    ``timeout`` is for the whole exchange, redirects included, in seconds. Across origins a redirect carries
    no ``Authorization``, cookie or other header whose name tells of a secret. The correlation id is sent.
    ``keeper`` may take the body of the last answer in pieces, up to a limit of its own.
    Raises ``OutgoingBlocked``; ``InvalidInput`` (``invalid_url``, ``invalid_request``); ``UpstreamFailed``
    (``timeout``, ``connection_failed``, ``too_many_redirects``, ``invalid_answer``); ``TooLarge``
    (``answer_too_large``).
    """
    target = parse_target(url, query)
    sent = {name.lower(): value for name, value in (headers or {}).items()}
    _add_defaults(sent, target)
    with deadline(timeout):
        for _ in range(max_redirects + 1):
            answer = _send_traced(method, target, sent, body, timeout, max_bytes, keeper)
            location = answer.headers.get("location")
            if not follow_redirects or answer.status not in _REDIRECTS or not location:
                return answer
            if answer.status == 303 or (answer.status in {301, 302} and method.upper() == "POST"):
                method, body = ("HEAD" if method.upper() == "HEAD" else "GET"), None
                sent = {name: value for name, value in sent.items() if name not in _BODY_HEADERS}
            following = target.following(location)
            if following.origin != target.origin:
                sent = {name: value for name, value in sent.items() if not _is_secret(name)}
            target = following
    raise UpstreamFailed(f"More than {max_redirects} redirects.", code="too_many_redirects")


def _add_defaults(headers: dict[str, str], target: Target) -> None:
    headers.setdefault("user-agent", "Exprsn")
    headers.setdefault("accept", "*/*")
    headers.setdefault("accept-encoding", DECODED)
    if correlation_id():
        headers.setdefault("x-correlation-id", correlation_id())
    if target.basic_credentials:
        headers.setdefault("authorization", target.basic_credentials)


def _is_secret(header: str) -> bool:
    # The host belongs to the origin too.
    return header == "host" or "auth" in header or is_secret_name(header)


def _send_traced(
    method: str,
    target: Target,
    headers: Mapping[str, str],
    body: bytes | StreamedBody | None,
    timeout: float,
    max_bytes: int,
    keeper: BodyKeeper | None,
) -> OutgoingResponse:
    """The path and the query may hold secrets, so the span names only where the request went."""
    if not is_tracing():
        return _send(method, target, headers, body, timeout, max_bytes, keeper)
    where: dict[str, Attribute] = {
        "http.request.method": method.upper(),
        "server.address": target.host,
        "server.port": target.port,
    }
    with span(method.upper(), kind="client", attributes=where) as sending:
        answer = _send(method, target, {TRACEPARENT: traceparent(), **headers}, body, timeout, max_bytes, keeper)
        sending.note({"http.response.status_code": answer.status})
        return answer


def _send(
    method: str,
    target: Target,
    headers: Mapping[str, str],
    body: bytes | StreamedBody | None,
    timeout: float,
    max_bytes: int,
    keeper: BodyKeeper | None,
) -> OutgoingResponse:
    limits = {"connect": min(timeout, CONNECT_SECONDS), "read": timeout, "write": timeout, "pool": timeout}
    address = httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path.encode("ascii"))
    try:
        with connection_pool().stream(
            method.upper().encode("ascii"),
            address,
            headers=_encoded(headers, target, body),
            content=iter(body.open()) if isinstance(body, StreamedBody) else body,
            extensions={"timeout": limits},
        ) as answer:
            return _received(answer, target, max_bytes, keeper)
    except httpcore.TimeoutException:
        raise UpstreamFailed(f"{target.host} did not answer within {timeout:g} seconds.", code="timeout") from None
    except (httpcore.LocalProtocolError, UnicodeEncodeError):
        raise InvalidInput("The method or a header cannot be sent like that.", code="invalid_request") from None
    except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError, OSError) as error:
        raise UpstreamFailed(
            f"{target.host} could not be reached: {error or type(error).__name__}", code="connection_failed"
        ) from None


def _received(answer: httpcore.Response, target: Target, max_bytes: int, keeper: BodyKeeper | None) -> OutgoingResponse:
    headers: dict[str, str] = {}
    for raw_name, raw_value in answer.headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    encoding = headers.get("content-encoding", "")
    if is_decoded(encoding):
        # What is handed on is not compressed any more.
        headers = {name: value for name, value in headers.items() if name not in _BODY_LENGTH}
    reason = bytes(answer.extensions.get("reason_phrase", b"")).decode("latin-1")
    if keeper is not None and answer.status not in _REDIRECTS and keeper.wants(answer.status, headers):
        pieces = pieces_of(answer.iter_stream(), encoding, keeper.max_bytes)
        kept = keeper.keep(headers, pieces, target.url)
        return OutgoingResponse(answer.status, reason, headers, b"", target.url, kept)
    content = read_body(answer.iter_stream(), encoding, max_bytes)
    return OutgoingResponse(answer.status, reason, headers, content, target.url)


def _encoded(
    headers: Mapping[str, str], target: Target, body: bytes | StreamedBody | None
) -> list[tuple[bytes, bytes]]:
    made = [
        (name.encode("ascii"), value.encode("utf-8", "replace"))
        for name, value in headers.items()
        if name not in _OWN_HEADERS
    ]
    if "host" not in headers:
        made.append((b"host", target.authority.encode("ascii")))
    if body is not None:
        size = body.size if isinstance(body, StreamedBody) else len(body)
        made.append((b"content-length", str(size).encode("ascii")))
    return made
