"""Connections: by name and number in n8n, by id and port here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from apps.workflows.interchange.n8n.nodes import Draft
from apps.workflows.interchange.outcome import ImportReport
from exprsn.kernel.jsonvalue import JsonObject

ERROR = "error"
MAX_PORTS = 100
MAX_WIRES = 10_000
_CONDITIONAL = ("if", "switch")


@dataclass(frozen=True, slots=True)
class Wire:
    """A connection of n8n's: ``kind`` is ``main`` for items, else what it lends to an AI node."""

    kind: str
    source: Draft
    output: int
    target: Draft
    input: int


def read_wires(connections: Any, drafts: list[Draft], report: ImportReport) -> list[Wire]:
    """All connections whose ends exist. Those that do not carry items are kept with their source too."""
    by_name: dict[str, Draft] = {}
    for draft in drafts:
        by_name.setdefault(draft.original_name, draft)
        by_name.setdefault(draft.id, draft)
    wires: list[Wire] = []
    for name, kinds in connections.items() if isinstance(connections, dict) else ():
        source = by_name.get(name)
        for kind, output, entry in _entries(kinds):
            target = by_name.get(str(entry.get("node")))
            if source is None or target is None or source.is_note or target.is_note:
                report.warn(f"A connection from “{name[:60]}” leads to or from a node that is not there.")
            elif len(wires) == MAX_WIRES:
                report.warn(f"Only the first {MAX_WIRES} connections were taken.")
            else:
                wires.append(Wire(kind, source, output, target, _index(entry.get("index"))))
        if source is not None and isinstance(kinds, dict):
            source.other_connections = {kind: held for kind, held in kinds.items() if kind != "main"}
    _report_others(wires, report)
    return wires


def _entries(kinds: Any) -> Iterator[tuple[str, int, dict[str, Any]]]:
    for kind, outputs in kinds.items() if isinstance(kinds, dict) else ():
        for output, targets in enumerate(outputs if isinstance(outputs, list) else ()):
            for entry in targets if isinstance(targets, list) else [targets]:
                if isinstance(entry, dict):
                    yield kind, output, entry


def _index(value: Any) -> int:
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        value = int(value[:5])
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MAX_PORTS else 0


def _report_others(wires: list[Wire], report: ImportReport) -> None:
    others = sum(wire.kind != "main" for wire in wires)
    if others:
        report.warn(f"{others} connections that lend models, tools or memory to AI nodes are kept as data.")


def placeholder_ports(draft: Draft, wires: list[Wire]) -> None:
    """Give a placeholder as many ports as its connections use."""
    outputs = [wire.output for wire in wires if wire.kind == "main" and wire.source is draft]
    inputs = [wire.input for wire in wires if wire.kind == "main" and wire.target is draft]
    draft.outputs = _numbered(max(outputs, default=0))
    draft.inputs = _numbered(max(inputs, default=0))


def _numbered(last: int) -> list[str]:
    return ["main", *[f"output_{number}" for number in range(2, min(last, MAX_PORTS) + 2)]]


def our_connections(drafts: list[Draft], wires: list[Wire], report: ImportReport) -> list[JsonObject]:
    """The connections that carry items, each once."""
    made: list[JsonObject] = []
    seen: set[tuple[str, str, str, str]] = set()
    for wire in wires:
        if wire.kind != "main":
            continue
        output, entry = _output_port(wire), _input_port(wire)
        if output is None or entry is None:
            report.warn(
                f"The connection from “{wire.source.name}” to “{wire.target.name}” uses a port that is not there."
            )
            continue
        ends = (wire.source.id, output, wire.target.id, entry)
        if ends not in seen:
            seen.add(ends)
            made.append(
                {
                    "source": ends[0],
                    "source_output": ends[1],
                    "target": ends[2],
                    "target_input": ends[3],
                    "type": _type(wire.source, output),
                }
            )
    return made


def _output_port(wire: Wire) -> str | None:
    ports = wire.source.outputs
    if wire.output < len(ports):
        return ports[wire.output] or None
    has_error = wire.source.raw.get("onError") == "continueErrorOutput"
    return ERROR if has_error and wire.output == len(ports) else None


def _input_port(wire: Wire) -> str | None:
    ports = wire.target.inputs
    return ports[wire.input] if wire.input < len(ports) else None


def _type(source: Draft, output: str) -> str:
    if output == ERROR:
        return "error"
    is_choice = source.converted is not None and source.converted.type in _CONDITIONAL
    return "conditional" if is_choice else "main"
