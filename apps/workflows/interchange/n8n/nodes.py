"""The nodes of an n8n export: identity, conversion, and what is written for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.workflows.interchange.cleaning import unique
from apps.workflows.interchange.n8n.converting import BASE, Converted, Source, converter_of
from apps.workflows.interchange.n8n.layout import Place, arranged, read_card, read_note
from apps.workflows.interchange.n8n.node_settings import common_settings
from apps.workflows.interchange.n8n.reading import Reader, Unmapped
from apps.workflows.interchange.outcome import ImportReport
from exprsn.kernel.jsonvalue import JsonObject

MAX_ID = 64
MAX_NAME = 200
NOTE = BASE + "stickyNote"


@dataclass(slots=True, eq=False)
class Draft:
    """A node on its way: ``original_name`` is what connections and expressions call it."""

    id: str
    name: str
    original_name: str
    type: str
    raw: Mapping[str, Any]
    converted: Converted | None = None
    reason: str = ""
    inputs: Sequence[str] = ("main",)
    outputs: Sequence[str] = ("main",)
    other_connections: dict[str, Any] = field(default_factory=dict)

    @property
    def is_note(self) -> bool:
        """Whether it is a sticky note, which is not counted as a node."""
        return self.type == NOTE

    def refuse(self, reason: str) -> None:
        """Make it a placeholder for this reason, whatever its type."""
        self.reason = reason

    def convert(self) -> None:
        """Convert it, or note why that cannot be done."""
        if self.reason:
            return
        convert = converter_of(self.type)
        if convert is None:
            self.reason = "This node type is not supported yet."
            return
        reader = Reader(self.raw.get("parameters"))
        try:
            self.converted = convert(Source(self.type, _version(self.raw), reader, self.raw))
            leftovers = reader.leftovers()
            if leftovers:
                raise Unmapped(f"The parameter {leftovers[0][:80]} is not supported.")
        except Unmapped as problem:
            self.converted, self.reason = None, str(problem)
        else:
            self.inputs, self.outputs = self.converted.inputs, self.converted.outputs


def _version(raw: Mapping[str, Any]) -> float:
    version = raw.get("typeVersion")
    if isinstance(version, list) and version:
        version = version[-1]
    if isinstance(version, str):
        try:
            version = float(version[:20])
        except ValueError:
            version = None
    if isinstance(version, bool) or not isinstance(version, int | float) or not 0 < version < 1000:
        return 1
    return version


def read_drafts(nodes: list[Any], report: ImportReport) -> list[Draft]:
    """A draft for each node, with an id and a name of its own."""
    ids: set[str] = set()
    names: set[str] = set()
    drafts = []
    for position, raw in enumerate(nodes):
        type_id = raw.get("type") if isinstance(raw.get("type"), str) else ""
        original = _original_name(raw, type_id)
        draft = Draft(
            id=_id(raw.get("id"), position, ids),
            name=unique(original or f"Node {position + 1}", names, MAX_NAME),
            original_name=original,
            type=type_id,
            raw=raw,
        )
        if draft.name != original and type_id != NOTE:
            report.warn(f"A node called “{original[:60]}” is now “{draft.name[:60]}”; expressions may mean another.")
        drafts.append(draft)
    return drafts


def _original_name(raw: Mapping[str, Any], type_id: str) -> str:
    name = raw.get("name")
    if isinstance(name, str | int | float) and not isinstance(name, bool):
        return str(name)
    return type_id.rpartition(".")[2]


def _id(value: Any, position: int, taken: set[str]) -> str:
    if isinstance(value, str) and 0 < len(value) <= MAX_ID and value not in taken:
        taken.add(value)
        return value
    return unique(f"node-{position + 1}", taken, MAX_ID)


def places_of(drafts: Sequence[Draft]) -> list[Place]:
    """Where each of them goes on our canvas, once all are converted."""
    cards = [draft for draft in drafts if not draft.is_note]
    notes = [draft for draft in drafts if draft.is_note]
    placed, spread = arranged(
        [read_card(draft.raw) for draft in cards],
        [max(len(draft.inputs), len(draft.outputs)) for draft in cards],
        [read_note(draft.raw) for draft in notes],
    )
    found = {id(draft): place for draft, place in zip([*cards, *notes], [*placed, *spread], strict=True)}
    return [found[id(draft)] for draft in drafts]


def our_node(draft: Draft, place: Place, pinned: list[Any] | None) -> JsonObject:
    """The node as it is written into the definition."""
    raw = draft.raw
    node: JsonObject = {
        "id": draft.id,
        "type": "placeholder",
        "type_version": 1,
        "name": draft.name,
        "position": {"x": place.x, "y": place.y},
        "parameters": {},
        "credentials": {},
    }
    if draft.is_note:
        return node | {"type": "sticky_note", "parameters": _note(raw.get("parameters"), place)}
    node |= common_settings(raw)
    if pinned is not None:
        node["pinned_data"] = pinned
    if draft.converted is not None:
        return node | {"type": draft.converted.type, "parameters": draft.converted.parameters}
    return node | {"disabled": True, "parameters": _placeholder(draft)}


def _placeholder(draft: Draft) -> JsonObject:
    return {
        "original_type": draft.type or "unknown",
        "reason": draft.reason,
        "original": dict(draft.raw),
        "original_connections": draft.other_connections,
        "input_ports": list(draft.inputs),
        "output_ports": list(draft.outputs),
    }


def _note(parameters: Any, place: Place) -> JsonObject:
    parameters = parameters if isinstance(parameters, dict) else {}
    content = parameters.get("content")
    color = parameters.get("color")
    return {
        "content": content[:50_000] if isinstance(content, str) else "",
        "width": place.width,
        "height": place.height,
        "color": color if isinstance(color, int) and not isinstance(color, bool) and 1 <= color <= 7 else 1,
    }


def credentials_needed(draft: Draft) -> list[dict[str, str]]:
    """The credentials that a converted node used, by our kind and the name they had."""
    if draft.converted is None:
        return []
    chosen = draft.raw.get("credentials")
    chosen = chosen if isinstance(chosen, dict) else {}
    needed = []
    for kind, credential_type in draft.converted.credentials.items():
        entry = chosen.get(credential_type)
        name = entry.get("name") if isinstance(entry, dict) else entry
        needed.append({"node": draft.id, "kind": kind, "name": name if isinstance(name, str) else ""})
    return needed
