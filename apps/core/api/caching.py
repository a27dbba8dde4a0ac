"""Answers of GET views that are kept in the cache."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar, cast

from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.callers import caller_of, organization_of
from apps.core.services.cache import DEFAULT_TTL, Tag, cache

HEADER = "X-Cache"
_KEPT_HEADERS = ("ETag", "Last-Modified")
Method = TypeVar("Method", bound=Callable[..., Response])


def cached_response(
    kind: str,
    ttl: float = DEFAULT_TTL,
    *,
    key: Callable[[Request], str] | None = None,
    condition: Callable[[Request], bool] | None = None,
    tags: Callable[[Request], Iterable[Tag]] | None = None,
) -> Callable[[Method], Method]:
    """Decorate a view's ``get``: its 200 answers are kept for ``ttl`` seconds and marked ``X-Cache: HIT|MISS``.

    ``key``        what tells answers apart; by default caller, organization, address and query
    ``condition``  whether this request may be answered from the cache
    ``tags``       what empties it; by default ``cache.invalidate(kind, organization_id)`` does

    Whether the caller may see the answer is checked by the view, so it is not checked again on a hit: use it
    for what the permission classes decide, and invalidate when rights change.
    """

    def decorate(method: Method) -> Method:
        @wraps(method)
        def get(view: Any, request: Request, *arguments: Any, **options: Any) -> Response:
            if condition is not None and not condition(request):
                return method(view, request, *arguments, **options)
            name = f"{kind}:{_digest(key(request) if key else _everything(request))}"
            kept = cache.get(name)
            if kept is not None:
                return _answer(*kept, mark="HIT")
            # Before the view reads: what is invalidated meanwhile must not be kept.
            chosen = tags(request) if tags else [(kind, organization_of(request) or "anonymous")]
            stamps = cache.stamps(chosen)
            response = method(view, request, *arguments, **options)
            if response.status_code == 200:
                headers = {header: response[header] for header in _KEPT_HEADERS if header in response}
                cache.set_stamped(name, (response.data, headers), ttl, stamps)
            response[HEADER] = "MISS"
            return response

        return cast(Method, get)

    return decorate


def _everything(request: Request) -> str:
    return "\x1f".join([*caller_of(request), request.get_full_path()])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _answer(data: Any, headers: dict[str, str], *, mark: str) -> Response:
    return Response(data, headers={**headers, HEADER: mark})
