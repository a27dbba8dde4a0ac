"""What is looked at before an outgoing call and after it: circuit breaker, pause, rates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from uuid import UUID

from django.conf import settings

from apps.core.contracts import OutgoingResponse
from apps.core.services.breakers import Callee, breakers, calls_refused
from apps.core.services.outgoing_targets import parse_target
from apps.core.services.rates import reserve
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import InvalidInput, Unavailable, UpstreamFailed
from exprsn.kernel.rates import CallRate

_ASKS_FOR_PAUSE = frozenset({429, 503})
# What says that the host is not well; that it sends too much or redirects in circles does not.
_IS_AWAY = frozenset({"timeout", "connection_failed", "invalid_answer"})


class OverRate(Unavailable):
    """Nobody may call this host so soon; ``params["retry_after"]`` says when."""

    default_code = "rate_limited"


def callee_of(organization_id: UUID, url: str, credential: str = "") -> Callee:
    """Whom a call of this address goes to. Raises ``InvalidInput`` ``invalid_url``."""
    return Callee(organization_id, parse_target(url).authority[:260], credential)


def held_call(
    callee: Callee,
    send: Callable[[], OutgoingResponse],
    *,
    rate: str = "",
    patience: float,
    wait: Callable[[float], None],
) -> OutgoingResponse:
    """Make a call when it may be made, and note what became of it.

    ``rate``: that of the credential. A call that is too early waits up to ``patience`` seconds (``wait`` does).
    Raises ``CircuitOpen``, ``OverRate``, and what ``send`` raises.
    """
    breakers.require(callee)
    seconds = _seconds_until_free(callee, rate, patience)
    if seconds > 0:
        wait(seconds)
    try:
        answer = send()
    except UpstreamFailed as error:
        if error.code in _IS_AWAY:
            breakers.failed(callee, error.message)
        raise
    breakers.answered(callee, answer.status, pause_asked(answer.status, answer.headers))
    return answer


def _seconds_until_free(callee: Callee, rate: str, patience: float) -> float:
    seconds = breakers.pause_of(callee)
    _require_patience(callee, seconds, patience)
    for name, limit in _rates_of(callee, rate):
        seconds = max(seconds, reserve(name, limit, patience))
        _require_patience(callee, seconds, patience)
    return seconds


def _require_patience(callee: Callee, seconds: float, patience: float) -> None:
    if seconds <= patience:
        return
    calls_refused.labels("rate_limited").inc()
    retry_after = max(1, round(seconds))
    raise OverRate(
        f"{callee.host} may be called again in {retry_after} seconds, which is longer than this step may take.",
        params={"retry_after": retry_after, "host": callee.host},
    )


def _rates_of(callee: Callee, rate: str) -> list[tuple[str, CallRate]]:
    """The rates that a call counts for: the installation's for the host, and that of its credential."""
    found = []
    installation = host_rates(tuple(settings.EXPRSN_HOST_RATES))
    if installation:
        limit = installation.get(callee.host) or installation.get(callee.host.rpartition(":")[0])
        if limit is not None:
            found.append((f"host:{callee.host}", limit))
    if rate and callee.credential:
        found.append((f"credential:{callee.credential}", CallRate.parse(rate)))
    return found


@lru_cache(maxsize=8)
def host_rates(entries: Sequence[str]) -> Mapping[str, CallRate]:
    """``EXPRSN_HOST_RATES`` as rates by host. Raises ``InvalidInput`` ``invalid_rate``."""
    rates = {}
    for entry in entries:
        host, _, rate = entry.partition("=")
        if not host.strip():
            raise InvalidInput(f"{entry!r} names no host.", code="invalid_rate")
        rates[host.strip().lower()] = CallRate.parse(rate)
    return rates


def pause_asked(status: int, headers: Mapping[str, str]) -> float:
    """Seconds that an answer asks to be left in peace for: ``Retry-After`` of a 429 or 503, else 0."""
    told = headers.get("retry-after", "").strip() if status in _ASKS_FOR_PAUSE else ""
    if told.isascii() and told.isdigit():
        return float(told[:9])
    try:
        moment: datetime | None = parsedate_to_datetime(told) if told else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        return 0.0
    return max(0.0, (moment - utc_now()).total_seconds())
