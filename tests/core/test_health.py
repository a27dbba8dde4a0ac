from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from apps.core.registry import health_checks
from apps.core.services import health
from exprsn.kernel.registry import Registry

pytestmark = pytest.mark.urls("tests.core.urls")


@pytest.fixture(autouse=True)
def checks(monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry[object]]:
    """A registry without the checks of other apps."""
    fresh: Registry[object] = Registry("health checks")
    monkeypatch.setattr(health, "health_checks", fresh)
    yield fresh


def test_a_live_process_says_so_without_a_database(client: Client) -> None:
    answer = client.get("/health/live")
    assert (answer.status_code, answer.json()) == (200, {"status": "live"})


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/health", "/health/ready"])
def test_an_installation_that_can_work_is_ready(client: Client, path: str) -> None:
    answer = client.get(path)
    well = {"healthy": True}
    assert answer.json() == {"status": "ready", "checks": {"database": well, "migrations": well, "cache": well}}
    assert answer.status_code == 200


@pytest.mark.django_db
def test_one_failing_check_is_enough_and_tells_no_secrets(client: Client, checks: Registry[object]) -> None:
    def broker() -> None:
        raise ConnectionError("amqp://user:geheim@broker refused")

    checks.register("broker", broker)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["status"]) == (503, "not_ready")
    assert answer.json()["checks"]["broker"] == {"healthy": False, "error": "ConnectionError"}
    assert answer.json()["checks"]["database"] == {"healthy": True}


@pytest.mark.django_db
def test_missing_migrations_are_named(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *arguments: [("x", False)])
    monkeypatch.setitem(health.BUILT_IN, "migrations", health._Migrations())
    error = client.get("/health").json()["checks"]["migrations"]["error"]
    assert error == "Migrations are missing: run manage.py migrate."


@pytest.mark.django_db
def test_a_cache_that_forgets_is_unhealthy(client: Client, settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(health.caches["service"]), "get", lambda *arguments: None)
    assert client.get("/health").json()["checks"]["cache"]["healthy"] is False


def test_other_methods_are_refused(client: Client) -> None:
    assert client.post("/health/live").status_code == 405


def test_the_registry_is_the_products() -> None:
    assert isinstance(health_checks, Registry)
