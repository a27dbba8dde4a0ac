"""No connection crosses the border of a body."""

from __future__ import annotations

import pytest

from apps.workflows.engine.validation.document import validate
from tests.workflows.engine.graphs import document
from tests.workflows.engine.test_scopes import TYPES

NODES = [("start", "start"), ("s", "for_each"), ("a", "pass"), ("b", "pass"), ("end", "pass"), ("i", "try_catch")]
INSIDE = ["start > s", "s.body > a", "a > i", "i.body > b", "s.done > end"]


def crossed(*edges: str) -> list[str]:
    """The paths of the connections that cross a border."""
    found = validate(document(NODES, [*INSIDE, *edges]), TYPES.get)
    return [fault.path for fault in found if fault.code == "scope_crossed"]


def test_bodies_within_bodies() -> None:
    assert crossed() == []


@pytest.mark.parametrize("edge", ["start > a", "a > end", "a > s", "s.body > s", "s.done > b", "b > end", "start > b"])
def test_what_crosses_is_named(edge: str) -> None:
    assert crossed(edge)


def test_the_fault_names_the_connection_that_comes_from_elsewhere() -> None:
    assert crossed("start > a") == ["definition.connections[5]"]
