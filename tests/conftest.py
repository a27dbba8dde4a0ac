"""What every test may ask for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management.commands import flush
from django.db import connection
from hypothesis import settings

from apps.accounts.constants import Role
from apps.core.live.bus import bus
from apps.workflows.execution.leases import leases
from apps.workflows.execution.writer import history
from config.celery import app
from tests.people import Person, make_person

# How long one example takes says more about the machine than about the product.
settings.register_profile("exprsn", deadline=None)
settings.load_profile("exprsn")
MADE_BY_MIGRATING = {"django_content_type", "auth_permission"}
# The browser of the journeys keeps an event loop in the main thread, where other tests then use the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


# What knows neither a database nor Redis: no service makes these tests differ.
PURE = tuple(
    f"tests/{folder}/"
    for folder in (
        "kernel",
        "workflows/engine",
        *(f"decision_tables/{part}" for part in ("client", "dmn", "engine", "feel_language", "feel_values")),
        *(f"decision_tables/{part}" for part in ("operations", "testing", "verification")),
    )
)
SERVICES = frozenset({"db", "transactional_db", "live_server", "server"})


def _is_pure(item: pytest.Item) -> bool:
    needs = SERVICES & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db")
    return item.nodeid.startswith(PURE) and not needs


@pytest.hookimpl(tryfirst=True)
def pytest_itemcollected(item: pytest.Item) -> None:
    """Tests of pure code are told apart, so that they need not run again for each kind of database."""
    if _is_pure(item):
        item.add_marker("pure")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys come last: their browser's event loop stays in the main thread, where others may want one."""
    items.sort(key=lambda item: (item.get_closest_marker("e2e") is not None, not item.get_closest_marker("lengthy")))


@pytest.fixture(scope="session", autouse=True)
def _tasks_are_known() -> None:
    """Eager tasks are found by name only when their modules have been imported, as a worker does."""
    app.loader.import_default_modules()


@pytest.fixture(scope="session", autouse=True)
def _line_ends() -> Iterator[None]:
    """The threads that carry live hints over Redis."""
    yield
    bus.stop()


@pytest.fixture(scope="session", autouse=True)
def _database_is_let_go(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Threads that live as long as the process keep connections; PostgreSQL drops no database that has any."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def _sql_flush_of_rows(style: Any, database: Any, **options: Any) -> list[str]:
    tables = set(database.introspection.django_table_names(only_existing=True, include_views=False))
    tables -= MADE_BY_MIGRATING
    if database.vendor == "postgresql" and not options.get("reset_sequences"):
        return _deletions(database, sorted(tables))
    statements: list[str] = database.ops.sql_flush(style, sorted(tables), **options)
    return statements


def _deletions(database: Any, tables: Sequence[str]) -> list[str]:
    """Truncating makes the files of each table anew, a hundred times the cost of deleting the few rows of a test.

    All foreign keys are checked at the end of the transaction, so the order does not matter.
    """
    quote = database.ops.quote_name
    looks = [f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {quote(table)})" for table in tables]
    with database.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(looks))
        return [f"DELETE FROM {quote(table)};" for (table,) in cursor.fetchall()]


@pytest.fixture(scope="session", autouse=True)
def _what_migrating_made_stays() -> Iterator[None]:
    """Emptying the database behind a test leaves kinds and permissions; making them anew takes longer than the rest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush, "sql_flush", _sql_flush_of_rows)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_, **__: None)
        yield


@pytest.fixture(autouse=True)
def _threads_end() -> Iterator[None]:
    """Threads that write let go of the database with the test that started them."""
    yield
    leases.stop()
    history.stop()


@pytest.fixture
def owner(db: None) -> Person:
    """Owns an organization."""
    return make_person("owner@example.com")


@pytest.fixture
def mate(owner: Person) -> Person:
    """Belongs to the owner's organization and may only look."""
    return make_person("mate@example.com", owner.organization, Role.VIEWER)


@pytest.fixture
def editor(owner: Person) -> Person:
    """Belongs to the owner's organization and may edit, run and publish."""
    return make_person("editor@example.com", owner.organization, Role.EDITOR)


@pytest.fixture
def stranger(db: None) -> Person:
    """Belongs to another organization."""
    return make_person("stranger@example.com")


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield


@pytest.fixture
def corpora() -> Path:
    """The folder of real-world data, which is not part of the repository."""
    folder = os.environ.get("EXPRSN_CORPORA")
    if not folder:
        pytest.skip("EXPRSN_CORPORA names no folder of corpora")
    return Path(folder)
