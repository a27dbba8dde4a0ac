"""Values cut for looking at."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.workflows.engine.samples import MAX_DEPTH, cut_value

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=40),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
)


@given(JSON)
def test_what_is_small_stays_whole(value: Any) -> None:
    assert cut_value(value, 1_000_000) == (value, False)


@given(JSON, st.integers(1, 200))
def test_what_is_cut_is_about_as_large_as_it_may_be(value: Any, size: int) -> None:
    shown, cut = cut_value(value, size)
    assert cut == (shown != value)
    # An innermost number, and the signs of what was begun, may stand over.
    assert len(json.dumps(shown, ensure_ascii=False)) <= 12 * size + 100


@pytest.mark.parametrize(
    ("value", "shown"),
    [("abcdef", "abcd…"), (["abcdef", 1], ["abcd…", 1]), ({"a": "abcdefgh"}, {"a": "abcd…"}), ("abcd", "abcd")],
)
def test_long_texts_are_cut(value: Any, shown: Any) -> None:
    assert cut_value(value, 1_000, text=4) == (shown, shown != value)


def test_lists_and_objects_end_where_the_room_does() -> None:
    shown, cut = cut_value(list(range(1_000)), 100)
    assert (shown[:3], len(shown) < 30, cut) == ([0, 1, 2], True, True)
    shown, cut = cut_value({f"field {at}": at for at in range(1_000)}, 100)
    assert (len(shown) < 20, cut) == (True, True)


@pytest.mark.parametrize("deep", [[], {}])
def test_what_lies_too_deep_is_left_out(deep: Any) -> None:
    value: Any = deep
    for _ in range(MAX_DEPTH + 5):
        value = [value]
    shown, cut = cut_value(value, 10_000)
    assert cut is True
    assert json.dumps(shown).count("[") == MAX_DEPTH + 1


def test_an_object_that_lies_too_deep_is_left_out() -> None:
    value: Any = {"a": {"b": 1}}
    for _ in range(MAX_DEPTH - 1):
        value = [value]
    assert json.dumps(cut_value(value, 10_000)[0]).endswith('{"a": {}}' + "]" * (MAX_DEPTH - 1))
