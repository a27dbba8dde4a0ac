"""Locks in Redis: set if absent with an end, released only by the holder (compare and delete in one step)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import redis
from redis.exceptions import RedisError

from apps.core.services.lock_types import ActiveLock, Held
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import Unavailable

_PREFIX = "exprsn:lock:"
_FENCE = "exprsn:lock-fence"  # one counter for all names: it grows for each of them too
_ACQUIRE = """
if redis.call('exists', KEYS[1]) == 1 then return 0 end
local fence = redis.call('incr', KEYS[2])
redis.call('hset', KEYS[1], 'holder', ARGV[1], 'fence', fence, 'acquired', ARGV[3])
redis.call('pexpire', KEYS[1], ARGV[2])
return fence
"""
_RENEW = """
if redis.call('hget', KEYS[1], 'holder') ~= ARGV[1] then return 0 end
return redis.call('pexpire', KEYS[1], ARGV[2])
"""
_RELEASE = """
if redis.call('hget', KEYS[1], 'holder') ~= ARGV[1] then return 0 end
return redis.call('del', KEYS[1])
"""


class RedisLocks:
    """See ``LockStore``. A Redis that is away raises ``Unavailable``: a lock cannot be guessed."""

    def __init__(self, url: str) -> None:
        self._client: Any = redis.Redis.from_url(url, socket_connect_timeout=2, socket_timeout=5, decode_responses=True)
        self._acquire = self._client.register_script(_ACQUIRE)
        self._renew = self._client.register_script(_RENEW)
        self._release = self._client.register_script(_RELEASE)

    def acquire(self, name: str, holder: str, ttl: float) -> Held | None:
        now = utc_now()
        arguments = [holder, _milliseconds(ttl), now.timestamp()]
        fence = self._run(self._acquire, [_PREFIX + name, _FENCE], arguments)
        return Held(fence, now + timedelta(seconds=ttl)) if fence else None

    def renew(self, name: str, holder: str, ttl: float) -> datetime | None:
        renewed = self._run(self._renew, [_PREFIX + name], [holder, _milliseconds(ttl)])
        return utc_now() + timedelta(seconds=ttl) if renewed else None

    def release(self, name: str, holder: str) -> bool:
        return bool(self._run(self._release, [_PREFIX + name], [holder]))

    def active(self) -> list[ActiveLock]:
        try:
            keys = sorted(self._client.scan_iter(match=f"{_PREFIX}*", count=500))
            pipeline = self._client.pipeline(transaction=False)
            for key in keys:
                pipeline.hgetall(key).pttl(key)
            answers = pipeline.execute()
        except RedisError as error:
            raise _away() from error
        now = utc_now()
        return [
            ActiveLock(
                key=key.removeprefix(_PREFIX),
                holder=fields["holder"],
                fence=int(fields["fence"]),
                acquired_at=datetime.fromtimestamp(float(fields["acquired"]), UTC),
                expires_at=now + timedelta(milliseconds=left),
            )
            for key, fields, left in zip(keys, answers[::2], answers[1::2], strict=True)
            if fields and left > 0  # some may have ended since they were listed
        ]

    @staticmethod
    def _run(script: Any, keys: list[str], arguments: list[Any]) -> int:
        try:
            return int(script(keys=keys, args=arguments))
        except RedisError as error:
            raise _away() from error


def _milliseconds(seconds: float) -> int:
    return max(1, int(seconds * 1000))


def _away() -> Unavailable:
    return Unavailable("Redis is away. Try again in a moment.", params={"retry_after": 2})
