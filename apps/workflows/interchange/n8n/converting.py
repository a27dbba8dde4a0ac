"""What a converter is: it reads a node of n8n's and answers one of ours, or says why it cannot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.workflows.interchange.n8n.reading import Reader
from exprsn.kernel.jsonvalue import JsonObject

BASE = "n8n-nodes-base."


@dataclass(frozen=True, slots=True)
class Source:
    """A node of n8n's. ``version`` is its ``typeVersion``, 1 where it has none that can be read."""

    type: str
    version: float
    parameters: Reader
    raw: Mapping[str, Any]


@dataclass(slots=True)
class Converted:
    """Our node: its type and parameters, its port names in n8n's order of outputs and inputs.

    ``credentials`` maps our kind to the n8n credential type that the node had chosen.
    """

    type: str
    parameters: JsonObject = field(default_factory=dict)
    inputs: Sequence[str] = ("main",)
    outputs: Sequence[str] = ("main",)
    credentials: Mapping[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


Convert = Callable[[Source], Converted]

_converters: dict[str, Convert] = {}


def converts(*types: str) -> Callable[[Convert], Convert]:
    """Decorator: this function converts n8n's node types with these short names."""

    def register(convert: Convert) -> Convert:
        for short in types:
            assert short not in _converters, short
            _converters[BASE + short] = convert
        return convert

    return register


def converter_of(type_id: str) -> Convert | None:
    """The converter for a full n8n node type, or None."""
    return _converters.get(type_id)
