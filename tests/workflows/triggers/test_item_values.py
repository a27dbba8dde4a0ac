"""Expressions over the item of a call or an event, before there is a run."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from apps.workflows.engine.item_values import item_value
from exprsn.kernel.errors import InvalidInput

NOW = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("plain", "plain"),
        (5, 5),
        ("={{ $json.a }}", 1),
        ("=n{{ $json.a }}", "n1"),
        ("={{ $now.toISO() }}", "2026-03-02T00:30:00.000+01:00"),
        ("={{ $today.toISODate() }}", "2026-03-02"),
        ("={{ $json.missing }}", None),
    ],
)
def test_what_an_expression_comes_to(text: Any, value: Any) -> None:
    assert item_value(text, {"a": 1}, now=NOW, timezone="Europe/Berlin") == value


@pytest.mark.parametrize(
    "text", ["={{ $json.a.b.c() }}", "={{ $execution.id }}", "={{ (() => { for (;;) {} })() }}", "={{ 1 + }}"]
)
def test_one_that_fails_says_where(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        item_value(text, {"a": None}, now=NOW, code="filter_failed")
    assert refused.value.code == "filter_failed"
    assert refused.value.params["line"] == 1
