"""How often a caller may call. Rates are settings; ``EXPRSN_THROTTLING`` switches all of them.

A sliding window of two counters (the share of the last window that still counts, plus this one): two small
cache entries for each caller, however high the rate. A cache that is away lets everybody through.
"""

from __future__ import annotations

import contextlib
import re
import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

_RATE = re.compile(r"(\d{1,9})/(s|sec|second|m|min|minute|h|hour|d|day)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@dataclass(frozen=True, slots=True)
class Rate:
    """So many calls in so many seconds."""

    calls: int
    seconds: int


def parse_rate(text: str) -> Rate:
    """``100/min`` as a rate. Raises ``ValueError``."""
    found = _RATE.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"A rate looks like 100/min, not {text!r}.")
    return Rate(int(found[1]), _SECONDS[found[2][0]])


class SettingThrottle(BaseThrottle):
    """A throttle whose rate is the setting named ``setting``; subclasses say who is counted."""

    scope = ""
    setting = ""

    def __init__(self) -> None:
        self._wait: float | None = None

    def identify(self, request: Request) -> str | None:
        """Who is counted; None for nobody."""
        raise NotImplementedError

    def allow_request(self, request: Request, view: Any) -> bool:
        if not settings.EXPRSN_THROTTLING:
            return True
        caller = self.identify(request)
        return caller is None or self._allow(caller, parse_rate(getattr(settings, self.setting)))

    def wait(self) -> float | None:
        return self._wait

    def _allow(self, caller: str, rate: Rate) -> bool:
        now = time.time()
        window, passed = divmod(now, rate.seconds)
        current = f"throttle:{self.scope}:{caller}:{int(window)}"
        former = f"throttle:{self.scope}:{caller}:{int(window) - 1}"
        # None comes from a cache that is away.
        counts = cache.get_many([current, former]) or {}
        used = counts.get(current, 0) + counts.get(former, 0) * (1 - passed / rate.seconds)
        if used + 1 > rate.calls:
            self._wait = _until_free(counts.get(current, 0), counts.get(former, 0), passed, rate)
            return False
        if not cache.add(current, 1, rate.seconds * 2):
            _increase(current)
        return True


def _increase(key: str) -> None:
    with contextlib.suppress(ValueError):  # it expired, or the cache went away, a moment ago
        cache.incr(key)


def _until_free(current: int, former: int, passed: float, rate: Rate) -> float:
    """Seconds until one more call fits."""
    room = rate.calls - 1 - current
    if room >= 0 and former:
        # former * (1 - t / seconds) falls to room
        return max(rate.seconds * (1 - room / former) - passed, 0.0)
    # This window alone is full: wait for the next one, and until enough of this one is forgotten.
    return rate.seconds - passed + rate.seconds * max(0.0, 1 - (rate.calls - 1) / max(current, 1))


def _address(request: Request) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


class AnonymousThrottle(SettingThrottle):
    """Calls of an address that sends neither token nor session."""

    scope = "anonymous"
    setting = "EXPRSN_RATE_ANONYMOUS"

    def identify(self, request: Request) -> str | None:
        return None if request.user and request.user.is_authenticated else _address(request)


class TokenThrottle(SettingThrottle):
    """Calls of one token, or of one signed-in person."""

    scope = "token"
    setting = "EXPRSN_RATE_TOKEN"

    def identify(self, request: Request) -> str | None:
        if not request.user or not request.user.is_authenticated:
            return None
        return str(getattr(request.auth, "token_id", None) or request.user.pk)


class CodeThrottle(SettingThrottle):
    """Runs of code that the caller sends, by person or address. Named by the views that run code."""

    scope = "code"
    setting = "EXPRSN_RATE_CODE"

    def identify(self, request: Request) -> str | None:
        if request.user and request.user.is_authenticated:
            return str(request.user.pk)
        return _address(request)
