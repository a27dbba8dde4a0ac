"""The cache: Redis when ``REDIS_URL`` is set, else this process's memory. Locks go the same way."""

from __future__ import annotations

from typing import Any

from config import env

REDIS_URL = env.text("REDIS_URL")


def _redis(*, ignore_errors: bool) -> dict[str, Any]:
    return {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "exprsn",
        "OPTIONS": {
            "SOCKET_CONNECT_TIMEOUT": 2,
            "SOCKET_TIMEOUT": 2,
            "IGNORE_EXCEPTIONS": ignore_errors,
        },
    }


def _memory(name: str) -> dict[str, Any]:
    return {
        "BACKEND": "apps.core.backends.memory.MemoryCache",
        "LOCATION": name,
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }


CACHES: dict[str, dict[str, Any]] = {
    # For Django and libraries: one that is away means misses, never errors.
    "default": _redis(ignore_errors=True) if REDIS_URL else _memory("exprsn"),
    # For the cache service and the health check, which need to see the errors.
    "service": _redis(ignore_errors=False) if REDIS_URL else _memory("exprsn-service"),
}

EXPRSN_LOCKS = env.text("EXPRSN_LOCKS", "redis" if REDIS_URL else "database")

CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
    "default": (
        {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}}
        if REDIS_URL
        else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
    )
}
