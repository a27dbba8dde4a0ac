"""Rates of outgoing calls, shared by all processes: every call is given its moment, in Redis or in the database."""

from __future__ import annotations

import time
from datetime import timedelta
from functools import lru_cache
from typing import Any

import redis
import structlog
from django.conf import settings
from django.db import DatabaseError, transaction
from redis.exceptions import RedisError

from apps.core.models import RateRow
from exprsn.kernel.clock import utc_now
from exprsn.kernel.rates import CallRate

logger = structlog.get_logger(__name__)
_PREFIX = "exprsn:rate:"
_KEPT = timedelta(hours=1)
# The clock is that of Redis, so that those of the workers may differ. A moment that is too far off is not taken.
_RESERVE = """
local time = redis.call('time')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local calls, seconds, patience = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local at = now
if redis.call('llen', KEYS[1]) >= calls then
  at = math.max(now, tonumber(redis.call('lindex', KEYS[1], -calls)) + seconds)
end
if at - now <= patience then
  redis.call('rpush', KEYS[1], string.format('%.6f', at))
  redis.call('ltrim', KEYS[1], -calls, -1)
  redis.call('pexpire', KEYS[1], math.ceil((at - now + seconds) * 1000) + 1000)
end
return string.format('%.6f', at - now)
"""


def reserve(name: str, rate: CallRate, patience: float) -> float:
    """Take the next moment that a rate has left; answers the seconds until then.

    More than ``patience`` is answered without taking it. Where rates cannot be kept, nobody is held up.
    """
    try:
        return _in_redis(name, rate, patience) if settings.REDIS_URL else _in_database(name, rate, patience)
    except (RedisError, DatabaseError) as error:
        logger.warning("rate_not_kept", error=str(error))
        return 0.0


def _in_redis(name: str, rate: CallRate, patience: float) -> float:
    return max(
        0.0, float(_script(settings.REDIS_URL)(keys=[_PREFIX + name], args=[rate.calls, rate.seconds, patience]))
    )


@lru_cache(maxsize=2)
def _script(url: str) -> Any:
    client: Any = redis.Redis.from_url(url, socket_connect_timeout=2, socket_timeout=5, decode_responses=True)
    return client.register_script(_RESERVE)


def _in_database(name: str, rate: CallRate, patience: float) -> float:
    with transaction.atomic():
        row = RateRow.objects.select_for_update().filter(name=name).first()
        if row is None:
            RateRow.objects.bulk_create([RateRow(name=name, expires_at=utc_now())], ignore_conflicts=True)
            row = RateRow.objects.select_for_update().get(name=name)
        now = time.time()
        at = rate.next_moment(row.taken, now)
        if at - now <= patience:
            row.taken = [*row.taken, at][-rate.calls :]
            row.expires_at = utc_now() + timedelta(seconds=at - now + rate.seconds) + _KEPT
            row.save()
    return at - now


def forget_old_rates() -> int:
    """Delete moments that count for nothing any more."""
    return RateRow.objects.filter(expires_at__lt=utc_now()).delete()[0]
