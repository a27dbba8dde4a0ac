from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.workflows.nodes.support.ordering import order_key
from apps.workflows.nodes.support.paths import (
    MISSING,
    BadPath,
    get_path,
    names_of,
    split_path,
    with_path,
    without_path,
)
from apps.workflows.nodes.support.values import (
    boolean_of,
    depth_exceeds,
    moment_of,
    number_of,
    parsed_json,
    text_of,
    zone_of,
)

DATA = {"a": {"b": [1, {"c": 2}], "d e": 3}, "a.b": 4, "n": None}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.b", 4),
        ("a.b[1].c", 2),
        ("a.b.1.c", 2),
        ('a["d e"]', 3),
        ("a['d e']", 3),
        ("n", None),
        ("n.x", MISSING),
        ("a.b[7]", MISSING),
        ("a.b.x", MISSING),
        ("zz", MISSING),
        ("", MISSING),
        ("..", MISSING),
    ],
)
def test_get_path(path: Any, expected: Any) -> None:
    assert get_path(DATA, path) == expected


def test_get_path_without_dots() -> None:
    assert get_path({"a": {"b": 1}}, "a.b", dotted=False) is MISSING


def test_with_path_copies_what_it_touches() -> None:
    data = {"a": {"b": 1, "c": [1, 2]}, "x": {}}
    changed = with_path(with_path(data, "a.c[3]", 9), "new.deep", 1)
    assert changed == {"a": {"b": 1, "c": [1, 2, None, 9]}, "x": {}, "new": {"deep": 1}}
    assert data == {"a": {"b": 1, "c": [1, 2]}, "x": {}}
    assert changed["x"] is data["x"]


def test_with_path_replaces_what_is_no_container() -> None:
    assert with_path({"a": 5}, "a.b", 1) == {"a": {"b": 1}}
    assert with_path({"a": [1]}, "a.b", 1) == {"a": {"b": 1}}


def test_with_path_without_dots() -> None:
    assert with_path({}, "a.b", 1, dotted=False) == {"a.b": 1}


@pytest.mark.parametrize("path", ["", "  ", ".", "a[99999]", ".".join("a" * 51)])
def test_paths_that_cannot_be_written(path: Any) -> None:
    with pytest.raises(BadPath):
        with_path({"a": [1]}, path, 1)


def test_without_path() -> None:
    data = {"a": {"b": 1, "c": [{"d": 1, "e": 2}]}, "x.y": 1, "z": 0}
    assert without_path(data, "a.b") == {"a": {"c": [{"d": 1, "e": 2}]}, "x.y": 1, "z": 0}
    assert without_path(data, "a.c[0].d")["a"]["c"] == [{"e": 2}]
    assert without_path(data, "x.y") == {"a": data["a"], "z": 0}
    for unchanged in ("q", "z.q", "a.c[9].d", "a.c[0]", "", "a.c.q.r"):
        assert without_path(data, unchanged) == data
    assert without_path({"a": {"b": 1}}, "a.b", dotted=False) == {"a": {"b": 1}}


def test_names_of() -> None:
    assert names_of(" a, b.c ,,d") == ["a", "b.c", "d"]
    assert names_of(["a", " ", 5]) == ["a", "5"]
    assert names_of(None) == []


@given(st.text(max_size=20))
def test_any_text_is_a_path_or_refused(path: Any) -> None:
    try:
        assert get_path(with_path({}, path, 1), path) == 1
    except BadPath:
        assert get_path({}, path) is MISSING


def test_split_path_without_dots() -> None:
    assert split_path("a.b", dotted=False) == ["a.b"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("a", "a"),
        (True, "true"),
        (1.0, "1"),
        (1.5, "1.5"),
        (7, "7"),
        ([1, "ä"], '[1,"ä"]'),
        ({}, "{}"),
    ],
)
def test_text_of(value: Any, text: Any) -> None:
    assert text_of(value) == text


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (" 12 ", 12), ("-3.5", -3.5), ("1e3", 1000.0), (True, 1), (4, 4), ("", None), ("1_0", None),
        ("inf", None), ("x", None), (None, None), ([], None), ("9" * 400, None),
    ],
)  # fmt: skip
def test_number_of(value: Any, number: Any) -> None:
    assert number_of(value) == number


@pytest.mark.parametrize(
    ("value", "expected"),
    [(True, True), ("False", False), (1, True), (0, False), (2, None), ("yes", None), (None, None)],
)
def test_boolean_of(value: Any, expected: Any) -> None:
    assert boolean_of(value) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-01-02T03:04:05Z", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("2026-01-02", datetime(2026, 1, 2, tzinfo=UTC)),
        (1767225600000, datetime(2026, 1, 1, tzinfo=UTC)),
        ("1767225600000", datetime(2026, 1, 1, tzinfo=UTC)),
        ("Fri, 02 Jan 2026 03:04:05 GMT", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("soon", None),
        ("", None),
        (None, None),
        (10**30, None),
    ],
)
def test_moment_of(value: Any, expected: Any) -> None:
    assert moment_of(value) == expected


def test_zone_of() -> None:
    assert str(zone_of("Europe/Berlin")) == "Europe/Berlin"
    assert zone_of("Mars/Base") is None
    assert zone_of("../etc") is None
    assert zone_of("Europe") is None


@pytest.mark.parametrize("text", ["NaN", "{", "[" * 200 + "]" * 200, '"\\ud800"', ""])
def test_parsed_json_refuses(text: Any) -> None:
    with pytest.raises(ValueError):
        parsed_json(text)


def test_depth() -> None:
    assert not depth_exceeds([[1]], 2)
    assert depth_exceeds([[[1]]], 2)
    assert not depth_exceeds(5, 0)


def test_order_keys_sort_mixed_values() -> None:
    mixed = [{"a": 1}, "b", None, 2, [1], True, "A", MISSING, 1.5]
    ordered = sorted(mixed, key=order_key)
    assert ordered == [True, 1.5, 2, "A", "b", [1], {"a": 1}, None, MISSING]
