"""Inputs that lead to a place in the grid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apps.decision_tables.engine.indexes import bits_of
from apps.decision_tables.engine.verification.grid import Axis
from apps.decision_tables.engine.verification.zones import Shape


def example_of(axes: Sequence[Axis], zones: Sequence[int]) -> dict[str, Any]:
    """Inputs with a value for each column from one of its zones; columns without a known one are left out."""
    inputs: dict[str, Any] = {}
    for axis, wanted in zip(axes, zones, strict=True):
        known = bits_of(wanted & axis.concrete)
        if known and axis.path is not None:
            place = next((at for at in known if axis.line.zones[at].shape is not Shape.NULL), known[0])
            _put(inputs, axis.path, axis.line.zones[place].value)
    return inputs


def _put(inputs: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for name in path[:-1]:
        inputs = inputs.setdefault(name, {})
    inputs[path[-1]] = value
