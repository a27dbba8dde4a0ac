"""Random bodies within bodies: nothing hangs, all modes agree, any prefix of a journal goes on to the same end."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.workflows.engine.run_context import RunContext
from tests.workflows.engine.graphs import document
from tests.workflows.engine.modes import history, run_in, summary
from tests.workflows.engine.test_modes_property import (
    NUMBERS,
    SEEDS,
    ahead_of_failure,
    assert_pairs_lead_somewhere,
)
from tests.workflows.engine.test_scopes import TYPES

STEPS = ("effect", "effect", "pass", "fork", "shaky", "join", "shuffle")
PARAMETERS: dict[str, list[dict[str, Any]]] = {
    "for_each": [
        {"mode": mode, "on_round_error": on_error, "batch_size": size}
        for mode in ("in_order", "at_once")
        for on_error in ("stop", "continue")
        for size in (1, 2)
    ],
    "try_catch": [{}],
    "parallel_group": [{}],
}


@dataclass
class Drawing:
    """Nodes and edges as they are drawn."""

    draw: st.DrawFn
    nodes: list[Any] = field(default_factory=list)
    edges: list[str] = field(default_factory=list)

    def steps(self, starts: list[str], depth: int) -> None:
        """A few steps behind these outputs; some of them have bodies."""
        open_ports = list(starts)
        for _ in range(self.draw(st.integers(1, 3))):
            name = f"n{len(self.nodes)}"
            kind = self.draw(st.sampled_from((*STEPS, *PARAMETERS) if depth else STEPS))
            into = ("input_1", "input_2") if kind == "join" else ("main",)
            for port in into:
                self.edges.append(f"{self.draw(st.sampled_from(open_ports))} > {name}.{port}")
            self.nodes.append((name, kind, self.fields(kind)))
            if kind in PARAMETERS:
                self.steps([f"{name}.body"], depth - 1)
                open_ports.append(f"{name}.done")
            else:
                open_ports.append(f"{name}.{'odd' if kind == 'fork' else 'main'}")
            if kind == "try_catch":
                open_ports.append(f"{name}.error")

    def fields(self, kind: str) -> dict[str, Any]:
        place = {"position": {"x": 0, "y": self.draw(st.integers(0, 4))}}
        if kind in PARAMETERS:
            return {**place, "parameters": self.draw(st.sampled_from(PARAMETERS[kind]))}
        names = [name for name, *_ in self.nodes] or ["start"]
        say = f"={{{{ $('{self.draw(st.sampled_from(names))}').isExecuted }}}}"
        more = {"parameters": {"say": say}} if kind == "effect" else {}
        return {**place, **more, "on_error": self.draw(st.sampled_from(["stop", "stop", "continue"]))}


@st.composite
def bodies(draw: st.DrawFn) -> dict[str, Any]:
    """A trigger and what follows, at most three bodies deep."""
    drawing = Drawing(draw, [("start", "start")])
    drawing.steps(["start"], 3)
    return document(drawing.nodes, drawing.edges)


def later_in_failed_rounds(run: RunContext) -> bool:
    """Whether a round ended early: what ran ahead in it is in no other mode."""
    return any(entry.status == "error" and not entry.continued for entry in run.scheduler.entries)


def check(definition: dict[str, Any], numbers: list[int], seed: int, *, prefixes: bool) -> None:
    items = [{"n": n} for n in numbers]
    whole, result = run_in("sequential", definition, items, types=TYPES)
    assert result.status in {"success", "partial_success", "error"}
    assert_pairs_lead_somewhere(whole)
    for mode in ("parallel", "smart", "sequential"):
        pick = random.Random(seed).randrange
        run, ended = run_in(mode, definition, items, types=TYPES, pick=pick)
        assert summary(run, ended) == summary(whole, result)
        assert_pairs_lead_somewhere(run)
        if not later_in_failed_rounds(run):
            assert history(run) == history(whole)
        assert history(whole).items() <= history(run).items() or later_in_failed_rounds(run)
        journal = [entry.to_data() for entry in run.scheduler.entries]
        for length in range(len(journal)) if prefixes else ():
            again, end = run_in(mode, definition, items, types=TYPES, pick=pick, journal=journal[:length])
            assert summary(again, end) == summary(whole, result)
            if not ahead_of_failure(run) and not later_in_failed_rounds(run):
                assert history(again) == history(whole)


@given(bodies(), NUMBERS, SEEDS)
@settings(max_examples=40, deadline=None)
def test_all_modes_come_to_the_same(definition: dict[str, Any], numbers: list[int], seed: int) -> None:
    check(definition, numbers, seed, prefixes=False)


@given(bodies(), NUMBERS, SEEDS)
@settings(max_examples=10, deadline=None)
def test_any_prefix_goes_on_to_the_same_end(definition: dict[str, Any], numbers: list[int], seed: int) -> None:
    check(definition, numbers, seed, prefixes=True)


@pytest.mark.slow
@given(bodies(), NUMBERS, SEEDS)
@settings(max_examples=600, deadline=None)
def test_in_many_bodies(definition: dict[str, Any], numbers: list[int], seed: int) -> None:
    check(definition, numbers, seed, prefixes=len(definition["nodes"]) < 9)
