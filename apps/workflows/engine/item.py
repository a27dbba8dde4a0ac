"""One item, and where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from exprsn.kernel.jsonvalue import JsonObject


class Pair(NamedTuple):
    """Where an item came from: position ``item`` of the batch that arrived on input number ``input``."""

    item: int
    input: int = 0


@dataclass(slots=True)
class Item:
    """One item. ``paired`` names its origins among the inputs of the node that made it.

    ``paired is None`` means "the node did not say"; the engine then fills it where it can be known
    (same length, or a single input item). An empty tuple means "from no input item".
    ``binary`` holds references to files, by property: ``{id, file_name, media_type, size, sha256}``, never bytes.
    """

    json: JsonObject
    binary: JsonObject | None = None
    paired: tuple[Pair, ...] | None = None
    error: JsonObject | None = None

    def failed(self, error: JsonObject, paired: tuple[Pair, ...]) -> Item:
        """The item as it leaves by the error output: ``$json.error`` says why, unless it has such a field."""
        return Item({"error": error, **self.json}, self.binary, paired, error)

    def to_data(self) -> dict[str, Any]:
        """Plain data as stored and shown: ``{json, binary?, paired_item?, error?}``."""
        data: dict[str, Any] = {"json": self.json}
        if self.binary is not None:
            data["binary"] = self.binary
        if self.paired is not None:
            data["paired_item"] = [{"item": pair.item, "input": pair.input} for pair in self.paired]
        if self.error is not None:
            data["error"] = self.error
        return data

    @classmethod
    def from_data(cls, entry: dict[str, Any]) -> Item:
        """The inverse of ``to_data``."""
        paired = entry.get("paired_item")
        return cls(
            entry["json"],
            entry.get("binary"),
            None if paired is None else tuple(Pair(pair["item"], pair["input"]) for pair in paired),
            entry.get("error"),
        )
