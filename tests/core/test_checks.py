from __future__ import annotations

from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from apps.core.checks import check_production, check_settings, refuse_insecure_production

GOOD = {
    "EXPRSN_PRODUCTION": True,
    "DEBUG": False,
    "SECRET_KEY": "k" * 50,
    "EXPRSN_SECRET_KEY_GIVEN": True,
    "EXPRSN_ENCRYPTION_KEYS": ["key"],
    "ALLOWED_HOSTS": ["exprsn.example"],
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
}


@pytest.fixture
def production(settings: Any) -> Any:
    for name, value in GOOD.items():
        setattr(settings, name, value)
    return settings


def found(check: Any) -> list[str]:
    return [message.id for message in check(None)]


def test_a_well_kept_production_may_start(production: Any) -> None:
    assert found(check_production) == []
    refuse_insecure_production()


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("DEBUG", True, "exprsn.E001"),
        ("SECRET_KEY", "short", "exprsn.E002"),
        ("SECRET_KEY", "django-insecure-" + "k" * 50, "exprsn.E002"),
        ("EXPRSN_SECRET_KEY_GIVEN", False, "exprsn.E002"),
        ("EXPRSN_ENCRYPTION_KEYS", [], "exprsn.E003"),
        ("ALLOWED_HOSTS", [], "exprsn.E004"),
        ("ALLOWED_HOSTS", ["a.example", "*"], "exprsn.E004"),
        ("SESSION_COOKIE_SECURE", False, "exprsn.E005"),
        ("CSRF_COOKIE_SECURE", False, "exprsn.E005"),
    ],
)
def test_production_refuses_what_is_insecure(production: Any, name: str, value: object, fault: str) -> None:
    setattr(production, name, value)
    assert found(check_production) == [fault]
    with pytest.raises(ImproperlyConfigured, match=fault):
        refuse_insecure_production()


def test_elsewhere_the_same_is_allowed(settings: Any) -> None:
    settings.EXPRSN_PRODUCTION, settings.DEBUG = False, True
    assert found(check_production) == []


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("EXPRSN_RATE_TOKEN", "often", "exprsn.E010"),
        ("EXPRSN_LOCKS", "zookeeper", "exprsn.E011"),
        ("EXPRSN_OUTGOING_ALLOW", ["10.0.0.0/8", "0.0.0.0/0"], "exprsn.E012"),
        ("EXPRSN_OUTGOING_ALLOW", ["*"], "exprsn.E012"),
    ],
)
def test_senseless_settings_are_named(settings: Any, name: str, value: object, fault: str) -> None:
    setattr(settings, name, value)
    assert found(check_settings) == [fault]


def test_locks_in_redis_need_a_redis(settings: Any) -> None:
    settings.EXPRSN_LOCKS, settings.REDIS_URL = "redis", ""
    assert found(check_settings) == ["exprsn.E011"]


def test_they_run_with_djangos_own() -> None:
    assert [message for message in run_checks() if str(message.id).startswith("exprsn")] == []
