from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from apps.core.models import OutboxEvent
from exprsn.kernel.ids import new_id

pytestmark = [pytest.mark.urls("tests.core.urls"), pytest.mark.django_db]
START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def rows() -> list[str]:
    """Seven rows, three of them at the same moment; their names, newest first."""
    made = [
        OutboxEvent(
            event_id=new_id(),
            subscriber="s",
            type=f"t{number}",
            version=number % 2 + 1,
            occurred_at=START + timedelta(microseconds=min(number, 4)),
            organization_id=new_id(),
            available_at=START,
            payload=b"{}",
        )
        for number in range(7)
    ]
    OutboxEvent.objects.bulk_create(made)
    return [row.type for row in sorted(made, key=lambda row: (row.occurred_at, row.id), reverse=True)]


def walk(api: APIClient, path: str, **query: Any) -> list[list[str]]:
    pages = []
    while True:
        body = api.get(path, query).json()
        pages.append(body["items"])
        info = body["page_info"]
        assert info["count"] == len(body["items"])
        assert info["has_more"] == (info["next_cursor"] is not None)
        if not info["has_more"]:
            return pages
        query["cursor"] = info["next_cursor"]


@pytest.mark.parametrize("path", ["/api/v1/rows/", "/api/v1/value-rows/"])
@pytest.mark.parametrize("limit", [1, 3, 7, 200])
def test_cursors_lead_through_all_rows_once(api: APIClient, rows: list[str], path: str, limit: int) -> None:
    pages = walk(api, path, limit=limit)
    assert list(chain(*pages)) == rows
    assert all(len(page) == limit for page in pages[:-1])


@pytest.mark.parametrize("ordering", ["type", "-type", "version", "-version", "id", "-id", "occurred_at"])
def test_every_ordering_can_be_walked(api: APIClient, rows: list[str], ordering: str) -> None:
    expected = list(
        OutboxEvent.objects.order_by(ordering, "-id" if ordering.startswith("-") else "id").values_list(
            "type", flat=True
        )
    )
    assert list(chain(*walk(api, "/api/v1/rows/", limit=2, ordering=ordering))) == expected


def test_a_row_made_meanwhile_is_neither_lost_nor_doubled(api: APIClient, rows: list[str]) -> None:
    first = api.get("/api/v1/rows/", {"limit": 3, "ordering": "type"}).json()
    OutboxEvent.objects.filter(type="t0").delete()
    rest = api.get("/api/v1/rows/", {"ordering": "type", "cursor": first["page_info"]["next_cursor"]}).json()
    assert rest["items"] == ["t3", "t4", "t5", "t6"]


def test_a_deep_page_counts_and_skips_nothing(api: APIClient, rows: list[str]) -> None:
    cursor = api.get("/api/v1/rows/", {"limit": 5}).json()["page_info"]["next_cursor"]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        api.get("/api/v1/rows/", {"limit": 5, "cursor": cursor})
    (query,) = [entry["sql"] for entry in queries if "core_outbox_event" in entry["sql"]]
    assert "COUNT" not in query
    assert "OFFSET" not in query


def test_numbered_pages_tell_how_many_there_are(api: APIClient, rows: list[str]) -> None:
    body = api.get("/api/v1/rows/", {"page": 2, "limit": 3}).json()
    assert body == {
        "items": rows[3:6],
        "page_info": {
            "current_page": 2,
            "total_pages": 3,
            "total_items": 7,
            "has_next_page": True,
            "has_previous_page": True,
        },
    }


def test_an_empty_list_has_one_empty_page(api: APIClient) -> None:
    assert api.get("/api/v1/rows/").json()["page_info"] == {
        "has_more": False,
        "next_cursor": None,
        "count": 0,
    }
    assert api.get("/api/v1/rows/", {"page": 1}).json()["page_info"]["total_pages"] == 1


@pytest.mark.parametrize("limit", ["0", "201", "-1", "1.5", "abc", "", "²", "9" * 5000])
def test_a_bad_limit_is_refused(api: APIClient, limit: str) -> None:
    answer = api.get("/api/v1/rows/", {"limit": limit})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_limit")
    assert list(answer.json()["errors"]) == ["limit"]


@pytest.mark.parametrize("ordering", ["payload", "--id", "type,id", "organization_id", "-"])
def test_only_listed_orderings_are_taken(api: APIClient, ordering: str) -> None:
    answer = api.get("/api/v1/rows/", {"ordering": ordering})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_ordering")


@pytest.mark.parametrize("page", ["0", "4", "x", "-1", "9" * 5000])
def test_a_page_that_does_not_exist_is_404(api: APIClient, rows: list[str], page: str) -> None:
    answer = api.get("/api/v1/rows/", {"page": page, "limit": 3})
    assert (answer.status_code, answer.json()["code"]) == (404, "page_not_found")


def cursor_of(*values: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(list(values)).encode()).decode()


KEYS = "-occurred_at,-id"
ID = "00000000-0000-7000-8000-000000000000"


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "é",
        "!!!!",
        "a" * 3000,
        base64.b64encode(b"\xff\xfe").decode(),
        cursor_of(),
        cursor_of(KEYS, "2026-01-01T00:00:00+00:00"),
        cursor_of("type,id", "a", ID),
        cursor_of(KEYS, "yesterday", ID),
        cursor_of(KEYS, "2026-01-01T00:00:00+00:00", "no-id"),
        cursor_of(KEYS, 5, ID),
        cursor_of(KEYS, {"a": 1}, ID),
        cursor_of(KEYS, "2026-01-01T00:00:00+00:00", "\x00"),
        cursor_of(KEYS, "2026-01-01T00:00:00+00:00", 1e300),
        cursor_of(KEYS, "2026-01-01T00:00:00+00:00", 10**40),
    ],
)
def test_a_tampered_cursor_is_400(api: APIClient, cursor: str) -> None:
    answer = api.get("/api/v1/rows/", {"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")
