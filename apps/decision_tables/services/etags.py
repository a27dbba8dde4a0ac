"""Tags by which a writer proves what it has read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from apps.decision_tables.models import DecisionTable, DecisionTestCase
from exprsn.kernel.errors import StaleWrite


def etag_of(table: DecisionTable) -> str:
    """The strong tag of a table as it is now, without quotes."""
    return f"{table.draft_number}-{table.revision}-{_moment(table.updated_at)}"


def etag_of_test(test: DecisionTestCase) -> str:
    """The strong tag of a test, without quotes. A run does not change it."""
    return f"{test.id.hex[-8:]}-{_moment(test.updated_at)}"


def require_fresh(current: str, expected: Collection[str]) -> None:
    """Refuse a write that was based on something older than the ``current`` tag."""
    if current not in expected and "*" not in expected:
        raise StaleWrite(
            "Somebody saved this after you read it. Load it again and repeat your change.",
            params={"etag": current},
        )


def _moment(moment: datetime) -> str:
    return f"{int(moment.timestamp() * 1_000_000):x}"
