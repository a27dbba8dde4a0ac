"""Traces: what took how long inside of what. Nothing is recorded, and next to nothing done, until a tracer is set.

The tracer is a port; the one that speaks OpenTelemetry is made where the settings are known. Attributes are ids,
names of routes and node types, and codes: never addresses with queries, headers, bodies or data of items.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Literal, Protocol

Kind = Literal["internal", "server", "client", "consumer"]
Attribute = str | int | float | bool
TRACEPARENT = "traceparent"
MAX_ORIGINS = 10_000


class Span(Protocol):
    """Something that takes time. What begins before its end in the same context is inside of it."""

    def rename(self, name: str) -> None:
        """Its name is known only now."""

    def note(self, attributes: Mapping[str, Attribute]) -> None:
        """Say more about it."""

    def fail(self, code: str) -> None:
        """It went wrong, with this code."""

    def end(self) -> None:
        """It is over."""


class Tracer(Protocol):
    """Begins spans."""

    def begin(
        self, name: str, kind: Kind, attributes: Mapping[str, Attribute], parent: str, links: Sequence[str]
    ) -> Span:
        """A span inside of ``parent`` (a ``traceparent``), else of what goes on here; ``links``: what led to it."""

    def traceparent(self) -> str:
        """What goes on here, as others are told of it; empty when nothing does."""


class _NoSpan:
    """Of a process that does not trace."""

    def rename(self, name: str) -> None:
        pass

    def note(self, attributes: Mapping[str, Attribute]) -> None:
        pass

    def fail(self, code: str) -> None:
        pass

    def end(self) -> None:
        pass


NO_SPAN: Span = _NoSpan()
_tracer: Tracer | None = None


def set_tracer(tracer: Tracer | None) -> None:
    """Trace with this one from now on."""
    global _tracer
    _tracer = tracer


def is_tracing() -> bool:
    """Whether anything is recorded."""
    return _tracer is not None


def begin_span(
    name: str,
    *,
    kind: Kind = "internal",
    attributes: Mapping[str, Attribute] | None = None,
    parent: str = "",
    links: Sequence[str] = (),
) -> Span:
    """Begin a span; whoever begins it ends it, in the same thread."""
    if _tracer is None:
        return NO_SPAN
    return _tracer.begin(name, kind, attributes or {}, parent, links)


@contextmanager
def span(
    name: str,
    *,
    kind: Kind = "internal",
    attributes: Mapping[str, Attribute] | None = None,
    parent: str = "",
    links: Sequence[str] = (),
) -> Iterator[Span]:
    """A span around a block; an exception that leaves it is noted by its code or the name of its class."""
    begun = begin_span(name, kind=kind, attributes=attributes, parent=parent, links=links)
    try:
        yield begun
    except BaseException as error:
        begun.fail(str(getattr(error, "code", "") or type(error).__name__))
        raise
    finally:
        begun.end()


def traceparent() -> str:
    """What goes on here, for whoever is called next; empty when nothing is recorded."""
    return "" if _tracer is None else _tracer.traceparent()


class Origins:
    """Where that which is to be done later by others was asked for. The oldest are forgotten when there are many."""

    def __init__(self, most: int = MAX_ORIGINS) -> None:
        self._most = most
        self._known: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    def note(self, key: str) -> None:
        """This was asked for by what goes on here."""
        where = traceparent()
        if where:
            self.learn({key: where})

    def learn(self, origins: Mapping[str, str]) -> None:
        """Another process noted these."""
        with self._lock:
            self._known.update(origins)
            while len(self._known) > self._most:
                self._known.popitem(last=False)

    def of(self, keys: Iterable[str]) -> dict[str, str]:
        """Those that are known among these, to be told to others."""
        if not self._known:
            return {}
        with self._lock:
            return {key: self._known[key] for key in keys if key in self._known}

    def take(self, key: str) -> list[str]:
        """Where this was asked for, once: as links."""
        if not self._known:
            return []
        with self._lock:
            found = self._known.pop(key, "")
        return [found] if found else []


origins = Origins()
