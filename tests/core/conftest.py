from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from rest_framework.test import APIClient


@pytest.fixture(autouse=True)
def _empty_service_cache() -> Iterator[None]:
    caches["service"].clear()
    yield


@pytest.fixture
def api() -> APIClient:
    """A client whose exceptions become answers, as they do outside of tests."""
    return APIClient(raise_request_exception=False)
