from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exprsn.kernel.errors import InvalidInput
from exprsn.kernel.jsonvalue import clean_text, find_text, is_deeper_than, is_safe_integer, sane_json

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


def nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


def test_text_loses_nul_and_lone_surrogates() -> None:
    assert clean_text("a\x00b\ud800c") == "ab\ufffdc"
    assert clean_text("whole 😀") == "whole 😀"


def test_javascript_holds_integers_up_to_two_to_the_53() -> None:
    assert is_safe_integer(2**53 - 1)
    assert not is_safe_integer(2**53)
    assert not is_safe_integer(-(2**53))


def test_depth_counts_lists_and_objects() -> None:
    assert not is_deeper_than(1, 0)
    assert not is_deeper_than([1], 5)
    assert is_deeper_than([], 0)
    assert not is_deeper_than({"a": [1]}, 2)
    assert is_deeper_than({"a": [{}]}, 2)
    assert is_deeper_than(nested(100_000), 100)


def test_a_text_is_found_with_its_path() -> None:
    assert find_text({"nodes": [{"a": "x"}, {"name": "b\x00"}]}, "\x00") == "nodes[1].name"
    assert find_text("\x00", "\x00") == "body"
    assert find_text({"a": {"n\x00": 1}}, "\x00") == "a"
    assert find_text({"\x00": 1}, "\x00") == "body"
    assert find_text({"a": ["x", 1, None]}, "\x00") is None


def test_sane_json_cleans_and_keeps() -> None:
    value = {"a\x00": ("b\x00", 1, 1.5, None, True), 2: {}}
    assert sane_json(value) == {"a": ["b", 1, 1.5, None, True], "2": {}}


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (float("nan"), "not_json"),
        ([float("inf")], "not_json"),
        ({"a": object()}, "not_json"),
        (nested(101), "json_too_deep"),
    ],
)
def test_sane_json_refuses(value: Any, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        sane_json(value)
    assert caught.value.code == code


def test_sane_json_takes_the_deepest_allowed() -> None:
    assert sane_json(nested(100)) == nested(100)


@settings(max_examples=80, deadline=None)
@given(values)
def test_what_sane_json_gives_can_be_written_and_read(value: Any) -> None:
    sane = sane_json(value)
    assert json.loads(json.dumps(sane, ensure_ascii=False).encode()) == sane
