"""Webhook paths: named segments, and which of several routes fits best."""

from __future__ import annotations

import pytest

from apps.workflows.engine.webhook_paths import (
    ALL_METHODS,
    best_match,
    match_path,
    methods_of,
    parse_webhook_path,
    path_faults,
)


def test_a_path_is_known_by_its_route() -> None:
    path = parse_webhook_path("/orders/:id/lines/")
    assert (path.text, path.route, path.segments, path.has_parameters) == (
        "orders/:id/lines",
        "orders/:/lines",
        3,
        True,
    )
    assert not parse_webhook_path("orders").has_parameters


@pytest.mark.parametrize("path", ["", "///", "a b", "a?b", "a/:1x", ":x/:x", "x" * 301, "/".join("a" * 21)])
def test_bad_paths_are_refused(path: str) -> None:
    assert path_faults(path)


def test_good_paths_are_taken() -> None:
    assert path_faults("orders/:id/lines") == []


def test_segments_become_parameters() -> None:
    assert match_path("a/:b/c", ["a", "1", "c"]) == {"b": "1"}
    assert match_path("a/:b", ["a"]) is None
    assert match_path("a/:b", ["x", "1"]) is None


def test_fixed_segments_to_the_left_win() -> None:
    routes = [(":any/new", 1), ("orders/:id", 2), (":a/:b", 3)]
    assert best_match(routes, ["orders", "new"]) == (2, {"id": "new"})
    assert best_match(routes, ["x", "new"]) == (1, {"any": "x"})
    assert best_match(routes, ["x"]) is None


@pytest.mark.parametrize(
    ("given", "methods"),
    [
        ({}, ["POST"]), ({"methods": []}, ["POST"]), ({"methods": "get"}, ["GET"]),
        ({"methods": ["PUT", "put", "GET"]}, ["PUT", "GET"]), ({"methods": ["GET", "ANY"]}, list(ALL_METHODS)),
    ],
)  # fmt: skip
def test_the_methods_of_a_webhook(given: dict[str, object], methods: list[str]) -> None:
    assert methods_of(given) == methods
