"""The HTTP API as the commands use it: every call has a time-out, is retried within bounds, and ends in JSON or a
``CommandFailed``."""

from __future__ import annotations

import json
import math
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import sleep
from types import TracebackType
from typing import Any

import httpx

from exprsn.cli.failures import CommandFailed, Ending, refusal
from exprsn.cli.settings import Login
from exprsn.kernel.retry import Backoff

LONGEST_WAIT = 30.0
_PAGE = 200
_BUSY = Backoff.exponential(4, 0.5, max_delay=8.0)
_LOST = Backoff.exponential(3, 0.3, max_delay=2.0)
_TRY_AGAIN = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class Page:
    """Entries of a list, and whether there are more on the server."""

    items: list[dict[str, Any]]
    has_more: bool

    def to_data(self) -> dict[str, Any]:
        """As one JSON document, in the API's own shape."""
        return {"items": self.items, "page_info": {"has_more": self.has_more, "count": len(self.items)}}


class Api:
    """Calls below ``/api/v1/`` with a token. A context manager that closes its connections."""

    def __init__(self, login: Login, *, version: str, timeout: float) -> None:
        self.url = login.url
        self._http = httpx.Client(
            base_url=f"{login.url}/api/v1/",
            headers={
                "Authorization": f"Bearer {login.token}",
                "Accept": "application/json",
                "User-Agent": f"exprsn-cli/{version}",
            },
            timeout=httpx.Timeout(timeout, connect=min(timeout, 10.0)),
        )

    def __enter__(self) -> Api:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._http.close()

    def get(self, path: str, **params: Any) -> Any:
        """The JSON at a path. Parameters that are None or empty are left out."""
        given = {name: value for name, value in params.items() if value not in (None, "")}
        return self._call("GET", path, params=given)

    def file(self, path: str, **params: Any) -> bytes:
        """The bytes of a file at a path."""
        given = {name: value for name, value in params.items() if value not in (None, "")}
        return self._answered("GET", path, params=given, headers={"Accept": "*/*"}).content

    def post(self, path: str, body: Any = None) -> Any:
        """Start something; an ``Idempotency-Key`` lets it be sent again without being done twice."""
        headers = {"Idempotency-Key": str(uuid.uuid4()), "Content-Type": "application/json"}
        return self._call("POST", path, content=_encoded({} if body is None else body), headers=headers)

    def listed(self, path: str, *, limit: int, **params: Any) -> Page:
        """The first ``limit`` entries of a list, over as many pages as it takes; 0 means all."""
        items: list[dict[str, Any]] = []
        cursor = None
        while True:
            wanted = min(limit - len(items), _PAGE) if limit else _PAGE
            answer = self.get(path, limit=wanted, cursor=cursor, **params)
            items += answer["items"]
            cursor = answer["page_info"].get("next_cursor")
            if not cursor or (limit and len(items) >= limit):
                return Page(items, bool(cursor))

    def _call(self, method: str, path: str, **options: Any) -> Any:
        return self._content(self._answered(method, path, **options))

    def _answered(self, method: str, path: str, **options: Any) -> httpx.Response:
        busy = lost = 0
        while True:
            try:
                response = self._http.request(method, path, **options)
            except httpx.HTTPError as error:
                lost += 1
                if lost >= _LOST.attempts:
                    raise self._unreachable(method, error) from error
                sleep(_LOST.delay(lost))
                continue
            if response.is_success:
                return response
            busy += 1
            problem = _problem(response)
            wait = _wait(response, problem, busy)
            if wait is None:
                raise self._refusal(response, problem)
            sleep(wait)

    def _content(self, response: httpx.Response) -> Any:
        if not response.content:
            return None
        try:
            found = json.loads(response.content)
        except (ValueError, RecursionError) as error:
            raise self._stranger(response) from error
        if not isinstance(found, dict):
            raise self._stranger(response)
        return found

    def _refusal(self, response: httpx.Response, problem: Mapping[str, Any] | None) -> CommandFailed:
        if response.is_redirect:
            target = response.headers.get("Location", "")
            hint = f"It sends on to {target}; sign in with the address that is meant." if target else ""
            return CommandFailed(f"{self.url} has moved.", Ending.INVALID, hint=hint)
        if problem is None:
            return self._stranger(response)
        return refusal(response.status_code, problem, retry_after=_retry_after(response, problem))

    def _stranger(self, response: httpx.Response) -> CommandFailed:
        return CommandFailed(
            f"{self.url} answered with {response.status_code} and nothing that the API says.",
            Ending.NOT_FOUND if response.status_code == 404 else Ending.UNAVAILABLE,
            hint="Is this the address of an Exprsn server, and is the server up?",
        )

    def _unreachable(self, method: str, error: httpx.HTTPError) -> CommandFailed:
        if isinstance(error, httpx.TimeoutException):
            message, hint = f"{self.url} did not answer in time.", "Try again, or raise EXPRSN_API_TIMEOUT (seconds)."
        else:
            message, hint = f"{self.url} cannot be reached: {error}", "Check the address and that the server is up."
        if method != "GET" and not isinstance(error, httpx.ConnectError):
            hint += " It may have been carried out: look before you repeat it."
        return CommandFailed(message, Ending.UNAVAILABLE, hint=hint)


def _encoded(body: Any) -> bytes:
    try:
        return json.dumps(body, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:
        raise CommandFailed(
            "This cannot be sent as JSON: it is too deep, or a number too large.", Ending.INVALID
        ) from error


def _problem(response: httpx.Response) -> Mapping[str, Any] | None:
    try:
        found = json.loads(response.content)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and "code" in found else None


def _wait(response: httpx.Response, problem: Mapping[str, Any] | None, failed: int) -> float | None:
    """How long to wait before the next attempt; None: give up."""
    in_progress = problem is not None and problem.get("code") == "idempotency_in_progress"
    if (response.status_code not in _TRY_AGAIN and not in_progress) or failed >= _BUSY.attempts:
        return None
    asked = _retry_after(response, problem)
    if asked is None:
        return _BUSY.delay(failed)
    return asked if asked <= LONGEST_WAIT else None


def _retry_after(response: httpx.Response, problem: Mapping[str, Any] | None) -> float | None:
    """What the server asks to wait, in seconds: a number or a date, or the member of the problem document."""
    raw = response.headers.get("Retry-After") or (problem or {}).get("retry_after")
    if raw is None:
        return None
    try:
        seconds = float(raw)
    except (TypeError, ValueError):
        seconds = _until(str(raw))
    return max(seconds, 0.0) if math.isfinite(seconds) else None


def _until(date: str) -> float:
    try:
        moment = parsedate_to_datetime(date)
    except ValueError:
        return math.nan
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (moment - datetime.now(UTC)).total_seconds()
