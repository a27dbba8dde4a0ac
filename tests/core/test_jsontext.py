from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.public import dumps, loads, loads_untrusted
from exprsn.kernel.errors import MalformedInput

MOMENT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
HUGE = 2**80


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"a": [1, 1.5, None, True]}, '{"a":[1,1.5,null,true]}'),
        ({1: UUID(int=1)}, '{"1":"00000000-0000-0000-0000-000000000001"}'),
        (MOMENT, '"2026-01-02T03:04:05+00:00"'),
        (float("nan"), "null"),
        (Decimal("1.50"), '"1.50"'),
        (gettext_lazy("Yes"), '"Yes"'),
    ],
)
def test_values_are_written(value: object, written: str) -> None:
    assert dumps(value).decode() == written


def test_what_the_fast_way_cannot_write_is_written_too() -> None:
    value = {"big": HUGE, "lone": "a\ud800", "at": MOMENT, "not": [float("inf")], "pair": (1, {"x"})}
    assert loads(dumps(HUGE)) == float(HUGE)
    assert json.loads(dumps(value)) == {
        "big": HUGE,
        "lone": "a?",
        "at": "2026-01-02T03:04:05+00:00",
        "not": [None],
        "pair": [1, "{'x'}"],
    }


def test_deep_values_are_written() -> None:
    value: list[object] = []
    for _ in range(300):
        value = [value]
    assert dumps(value) == b"[" * 301 + b"]" * 301


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=60)
    | st.text(alphabet='{}[]",:0123456789eE.-\\u0truefalsn \ud800', max_size=60).map(
        lambda text: text.encode("utf-8", "surrogatepass")
    )
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        value = loads_untrusted(data, refuse_nul=True)
    except MalformedInput as error:
        assert error.code in {"malformed_json", "json_too_deep"}
    else:
        assert loads_untrusted(dumps(value)) == value
