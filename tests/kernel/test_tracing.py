"""Spans without a tracer, and with one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from exprsn.kernel import tracing
from exprsn.kernel.tracing import Origins, begin_span, is_tracing, set_tracer, span, traceparent


class NotedSpan:
    """Remembers what it is told."""

    def __init__(self, told: list[Any], name: str) -> None:
        self.told, self.name = told, name

    def note(self, attributes: Mapping[str, Any]) -> None:
        self.told.append((self.name, dict(attributes)))

    def fail(self, code: str) -> None:
        self.told.append((self.name, "failed", code))

    def end(self) -> None:
        self.told.append((self.name, "ended"))


class NotingTracer:
    """A tracer that keeps what happens."""

    def __init__(self) -> None:
        self.told: list[Any] = []
        self.here = "00-1-2-01"

    def begin(
        self, name: str, kind: str, attributes: Mapping[str, Any], parent: str, links: Sequence[str]
    ) -> NotedSpan:
        self.told.append((name, kind, dict(attributes), parent, list(links)))
        return NotedSpan(self.told, name)

    def traceparent(self) -> str:
        return self.here


@pytest.fixture
def tracer() -> Iterator[Any]:
    before = tracing._tracer
    made: Any = NotingTracer()
    set_tracer(made)
    yield made
    set_tracer(before)


def test_without_a_tracer_nothing_happens() -> None:
    before = tracing._tracer
    set_tracer(None)
    try:
        with span("work") as begun:
            begun.note({"a": 1})
            begun.fail("no")
        origins = Origins()
        origins.note("run")
        assert (is_tracing(), traceparent(), origins.take("run")) == (False, "", [])
    finally:
        set_tracer(before)


def test_a_span_says_how_it_ended(tracer: NotingTracer) -> None:
    with pytest.raises(KeyError), span("work", kind="server", attributes={"a": 1}, parent="p", links=["l"]) as begun:
        begun.note({"b": 2})
        raise KeyError
    begin_span("more").end()
    assert is_tracing()
    assert tracer.told == [
        ("work", "server", {"a": 1}, "p", ["l"]),
        ("work", {"b": 2}),
        ("work", "failed", "KeyError"),
        ("work", "ended"),
        ("more", "internal", {}, "", []),
        ("more", "ended"),
    ]


def test_where_work_was_asked_for_is_known_once_and_for_so_many(tracer: NotingTracer) -> None:
    origins = Origins(2)
    origins.note("a")
    assert (origins.of(["a", "z"]), origins.take("a"), origins.take("a")) == ({"a": "00-1-2-01"}, ["00-1-2-01"], [])
    origins.learn({"b": "1", "c": "2", "d": "3"})
    assert [origins.take(key) for key in "bcd"] == [[], ["2"], ["3"]]
    assert origins.of(["b"]) == {}


def test_a_span_of_a_process_that_does_not_trace_takes_everything() -> None:
    nothing = tracing.NO_SPAN
    nothing.rename("x")
    nothing.note({})
    nothing.fail("x")
    nothing.end()
    assert nothing is begin_span("work") or is_tracing()
