"""Comparing JSON: the places that differ, with some left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from apps.workflows.engine.testing.paths import MISSING, is_ignored

Place = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A place at which two values are not the same; ``MISSING`` where one has nothing."""

    at: Place
    expected: Any
    actual: Any


def differences(
    expected: Any, actual: Any, ignored: Sequence[Place] = (), at: Place = (), *, partial: bool = False
) -> Iterator[Difference]:
    """Where ``actual`` is not as expected. ``partial``: it may have more members than are expected."""
    if is_ignored(at, ignored):
        return
    if isinstance(expected, dict) and isinstance(actual, dict):
        names = list(expected) if partial else list(dict.fromkeys([*expected, *actual]))
        for name in names:
            ours, theirs = expected.get(name, MISSING), actual.get(name, MISSING)
            yield from differences(ours, theirs, ignored, (*at, str(name)), partial=partial)
    elif isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        for place, (ours, theirs) in enumerate(zip(expected, actual, strict=True)):
            yield from differences(ours, theirs, ignored, (*at, str(place)), partial=partial)
    elif not _is_same(expected, actual):
        yield Difference(at, expected, actual)


def contains(actual: Any, expected: Any) -> bool:
    """Whether a text has this text within, a list this element (or all of several), an object these members."""
    if isinstance(actual, str) and isinstance(expected, str):
        return expected in actual
    if isinstance(actual, list):
        wanted = expected if isinstance(expected, list) else [expected]
        return all(any(_has_parts(entry, each) for entry in actual) for each in wanted)
    return _has_parts(actual, expected)


def _has_parts(actual: Any, expected: Any) -> bool:
    return next(differences(expected, actual, partial=True), None) is None


def _is_same(expected: Any, actual: Any) -> bool:
    # In JSON 1 and 1.0 are one number, but true is none.
    return isinstance(expected, bool) == isinstance(actual, bool) and bool(expected == actual)
