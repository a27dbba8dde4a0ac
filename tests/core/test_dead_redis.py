"""What still works when Redis is configured and dead: everything but the locks."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from apps.core.services.cache import CacheService

pytestmark = pytest.mark.urls("tests.core.urls")


@pytest.fixture(autouse=True)
def _dead(_empty_service_cache: None, _empty_cache: None, settings: Any) -> None:
    settings.CACHES = {
        name: {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"SOCKET_CONNECT_TIMEOUT": 1, "IGNORE_EXCEPTIONS": name == "default"},
        }
        for name in ("default", "service")
    }


def test_the_cache_misses(caplog: pytest.LogCaptureFixture) -> None:
    cache = CacheService()
    cache.set("page:1", 1, tags=[("page", 1)])
    assert cache.get("page:1") is None
    assert cache.wrap("page:1", lambda: 2, tags=[("page", 1)]) == 2
    assert sum("cache_away" in str(record.msg) for record in caplog.records) == 1


def test_the_api_answers_and_its_throttles_let_through(api: APIClient, settings: Any) -> None:
    settings.EXPRSN_THROTTLING, settings.EXPRSN_RATE_CODE = True, "1/min"
    assert [api.post("/api/v1/code/", {}).status_code for _ in range(3)] == [200, 200, 200]


@pytest.mark.django_db
def test_health_tells(client: Client) -> None:
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"]["cache"] == {"healthy": False, "error": "ConnectionError"}
    assert answer.json()["checks"]["database"] == {"healthy": True}
