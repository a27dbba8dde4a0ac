"""``Idempotency-Key``: the same request sent twice is carried out once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.callers import caller_of
from apps.core.services.idempotency import Claim, StoredAnswer, claim_key, give_up_claim, keep_answer
from apps.core.services.jsontext import dumps, loads
from exprsn.kernel.errors import MalformedInput

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
MAX_LENGTH = 255
_KEPT_HEADERS = ("ETag", "Location", "Retry-After")
# Answers about the caller or the moment, not about the request: the next try may fare better.
_NOT_KEPT = frozenset({401, 403, 408, 409, 412, 425, 428, 429})
Method = TypeVar("Method", bound=Callable[..., Response])


def idempotent(method: Method) -> Method:
    """Decorate a view's ``post``: with an ``Idempotency-Key`` its first answer is kept for 24 hours.

    The same key and body get that answer again with ``Idempotency-Replayed: true``; another body gets 422
    ``idempotency_key_reused``; while the first is at work, 409 ``idempotency_in_progress``. Keys count
    within the caller, the organization, the method and the path. Answers of 5xx are not kept.
    """

    @wraps(method)
    def post(view: Any, request: Request, *arguments: Any, **options: Any) -> Response:
        key = _key(request)
        if key is None:
            return method(view, request, *arguments, **options)
        claim = claim_key(scope=_scope(request), key=key, fingerprint=_fingerprint(request))
        if isinstance(claim, StoredAnswer):
            return _replayed(claim)
        try:
            response = method(view, request, *arguments, **options)
        except Exception as error:  # noqa: BLE001 - the view's own handler makes an answer of every error
            response = view.handle_exception(error)
        _settle(claim, response)
        return response

    post.is_idempotent = True  # type: ignore[attr-defined]
    return cast(Method, post)


def _key(request: Request) -> str | None:
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if not 0 < len(key) <= MAX_LENGTH or not all(" " <= character <= "~" for character in key):
        raise MalformedInput(
            f"An Idempotency-Key has 1 to {MAX_LENGTH} visible ASCII characters.",
            code="invalid_idempotency_key",
        )
    return key


def _scope(request: Request) -> str:
    parts = [*caller_of(request), str(request.method), request.path]
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()


def _fingerprint(request: Request) -> str:
    digest = hashlib.sha256(request.META.get("QUERY_STRING", "").encode("utf-8", "replace") + b"\x1f")
    data: Any = request.data
    files = request.FILES
    if files:
        digest.update(dumps({name: data.getlist(name) for name in sorted(data) if name not in files}))
    else:
        digest.update(dumps(data))
    for name in sorted(files):
        for upload in files.getlist(name):
            _add_file(digest, upload)
    return digest.hexdigest()


def _add_file(digest: Any, upload: Any) -> None:
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)


def _replayed(answer: StoredAnswer) -> Response:
    content_type = answer.headers.get("Content-Type")
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Type"}
    return Response(
        loads(answer.body) if answer.body else None,
        status=answer.status,
        headers={**headers, REPLAYED: "true"},
        content_type=content_type,
    )


def _settle(claim: Claim, response: Response) -> None:
    status = response.status_code
    if status >= 500 or status in _NOT_KEPT:
        give_up_claim(claim)
        return
    headers = {name: response[name] for name in _KEPT_HEADERS if name in response}
    if response.content_type:
        headers["Content-Type"] = response.content_type
    keep_answer(claim, StoredAnswer(status, headers, b"" if response.data is None else dumps(response.data)))
