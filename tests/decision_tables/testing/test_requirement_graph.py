"""Tables that require each other: in which order they are worked out, and that they may not go round."""

from __future__ import annotations

import pytest

from apps.decision_tables.engine.graph import MAX_TABLES, requirement_order
from exprsn.kernel.errors import InvalidInput

TABLES = {"price": ["tier", "tax"], "tier": ["customer"], "tax": ["customer"], "customer": []}


def test_what_is_required_comes_first() -> None:
    assert requirement_order("price", TABLES.__getitem__) == ["customer", "tier", "tax", "price"]
    assert requirement_order("customer", TABLES.__getitem__) == ["customer"]


def test_a_table_required_twice_comes_once() -> None:
    assert requirement_order("a", {"a": ["b", "b"], "b": []}.__getitem__) == ["b", "a"]


@pytest.mark.parametrize(
    ("tables", "path"),
    [
        ({"a": ["a"]}, ["a", "a"]),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, ["b", "c", "b"]),
        ({"a": ["d", "b"], "b": ["a"], "d": []}, ["a", "b", "a"]),
    ],
)
def test_a_circle_is_named(tables: dict[str, list[str]], path: list[str]) -> None:
    with pytest.raises(InvalidInput, match=" → ".join(path)) as caught:
        requirement_order("a", tables.__getitem__)
    assert caught.value.code == "requirement_cycle" and caught.value.params["path"] == path


def test_a_graph_has_a_limit() -> None:
    def following(name: str) -> list[str]:
        return [str(int(name) + 1)] if int(name) < MAX_TABLES else []

    assert len(requirement_order("1", following)) == MAX_TABLES
    with pytest.raises(InvalidInput) as caught:
        requirement_order("0", following)
    assert caught.value.code == "too_many_requirements"
