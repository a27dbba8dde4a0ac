"""Partial runs of workflows with bodies: like loops, a body begins where its node is."""

from __future__ import annotations

from typing import Any

import pytest

from exprsn.kernel.errors import InvalidInput
from tests.workflows.engine import parts
from tests.workflows.engine.graphs import document
from tests.workflows.engine.parts import Counted, partial, ran, whole
from tests.workflows.engine.test_scopes import BODIES

ITEMS = [{"n": 1}, {"n": 2}]


@pytest.fixture(autouse=True)
def _with_bodies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "KINDS", {**parts.KINDS, **BODIES})


def definition(kind: str) -> dict[str, Any]:
    nodes = [("start", "start"), ("s", kind), ("a", "counted"), ("b", "counted"), ("end", "counted")]
    return document(nodes, ["start > s", "s.body > a", "a > b", "s.done > end"])


@pytest.mark.parametrize("kind", sorted(BODIES))
def test_behind_a_body_all_of_its_rounds_are_taken_over(kind: str) -> None:
    before = whole(definition(kind), ITEMS)
    again = partial(definition(kind), before, "end", items=ITEMS)
    assert Counted.effects == ["end"]
    assert ran(again) == ran(before)


@pytest.mark.parametrize("kind", sorted(BODIES))
def test_one_node_of_a_body_runs_in_each_round(kind: str) -> None:
    before = whole(definition(kind), ITEMS)
    rounds = 2 if kind == "for_each" else 1
    partial(definition(kind), before, "b", "b", items=ITEMS)
    assert Counted.effects == ["b"] * rounds
    partial(definition(kind), before, "s", items=ITEMS)
    assert Counted.effects == ["a", "b"] * rounds + ["end"]


def test_from_within_a_body_nothing_begins() -> None:
    with pytest.raises(InvalidInput, match="Start where the loop begins: “s”"):
        partial(definition("for_each"), whole(definition("for_each"), ITEMS), "a", items=ITEMS)
