"""Rename keys: fields get other names, one by one or by patterns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from apps.workflows.engine.items import Item
from apps.workflows.engine.node_type import NodeContext, NodeError, NodeResult, NodeType, Parameter
from apps.workflows.nodes.support.linear_replace import Steps, replaced
from apps.workflows.nodes.support.parameters import dot_notation_parameter, whole_number
from apps.workflows.nodes.support.paths import MISSING, BadPath, get_path, with_path, without_path
from apps.workflows.nodes.support.values import text_of
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonObject, JsonValue
from exprsn.kernel.regex.linear import LinearRegex, TooCostly
from exprsn.kernel.regex.syntax import BadPattern

MAX_DEPTH = 50
MAX_STEPS = 10_000_000  # of all patterns on all different names in a run of the node

Rename = Callable[[str], str]


@register_node
class RenameKeysNode(NodeType):
    """Gives fields other names."""

    type = "rename_keys"
    display_name = "Rename keys"
    description = "Gives fields of each item other names, one by one or by patterns."
    group = "data"
    icon = "text-cursor-input"
    color = "data"
    summary = "{keys.from} → {keys.to}"
    parameters = (
        Parameter(
            "keys",
            "Fields",
            type="list",
            default_value=[],
            validation={"max": 200},
            fields=(
                Parameter("from", "Field", required=True, placeholder="customer.mail"),
                Parameter("to", "New name", required=True, placeholder="customer.email"),
            ),
        ),
        dot_notation_parameter(),
        Parameter(
            "patterns",
            "Patterns",
            type="list",
            default_value=[],
            description="Regular expressions, applied to every field name after the fields above.",
            validation={"max": 20},
            fields=(
                Parameter("search", "Pattern", required=True, placeholder="^old_(.+)$"),
                Parameter("replace", "Replace with", description="$1 is the first group.", placeholder="new_$1"),
                Parameter("ignore_case", "Ignore case", type="boolean", default_value=False),
                Parameter(
                    "depth",
                    "Levels",
                    type="number",
                    default_value=-1,
                    description="How many levels below the item's own fields; -1 for all.",
                ),
            ),
        ),
    )
    example = {
        "keys": [{"from": "mail", "to": "contact.email"}],
        "patterns": [{"search": "^addr_(.+)$", "replace": "$1", "ignore_case": True, "depth": 0}],
    }
    documentation = """
Runs for each item. **Fields** are renamed in their order; a field that is not there is passed over, a field that
already has the new name is overwritten. With dot notation a field can be moved into or out of an object.

**Patterns** are JavaScript's regular expressions. The first match in a name is replaced; `$1` or `$<name>` put in
what a group matched, `$&` the whole match. Names in objects and in lists of objects are changed too, as deep as
*Levels* says. They are matched in bounded time; look-ahead, look-behind and back-references are refused. When
two fields come to the same name, the later one wins.
"""

    @classmethod
    def check(cls, parameters: Mapping[str, JsonValue]) -> dict[str, list[str]]:
        faults: dict[str, list[str]] = {}
        patterns = parameters.get("patterns")
        for number, entry in enumerate(patterns if isinstance(patterns, list) else []):
            search = entry.get("search") if isinstance(entry, dict) else None
            if isinstance(search, str) and not search.startswith("="):
                try:
                    LinearRegex(search)
                except BadPattern as problem:
                    faults[f"patterns[{number}].search"] = [str(problem)]
        if not parameters.get("keys") and not patterns:
            faults["keys"] = ["Name at least one field or pattern."]
        return faults

    def run(self, context: NodeContext) -> NodeResult:
        names = _Names()
        return context.each(lambda item, position: Item(_renamed(context, item.json, position, names), item.binary))


class _Names:
    """What patterns made of field names, remembered: most items have the same names."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, bool, str], str] = {}
        self._steps = Steps(MAX_STEPS)

    def renaming(self, search: str, put: str, ignore_case: bool) -> Rename:
        """What one pattern makes of a name. Raises ``BadPattern``; the function raises ``TooCostly``."""
        regex = LinearRegex(search, "i" if ignore_case else "")

        def rename(name: str) -> str:
            key = (search, put, ignore_case, name)
            if key not in self._known:
                self._known[key] = replaced(regex, name, put, every=False, steps=self._steps)
            return self._known[key]

        return rename


def _renamed(context: NodeContext, json: JsonObject, position: int, names: _Names) -> JsonObject:
    dotted = bool(context.param("dot_notation", position))
    for number, entry in enumerate(context.param("keys", position)):
        old, new = text_of(entry.get("from")), text_of(entry.get("to"))
        if not old or not new or old == new:
            continue
        try:
            json = _moved(json, old, new, dotted)
        except BadPath as problem:
            raise NodeError(str(problem), kind="bad_value", item=position, parameter=f"keys[{number}].to") from None
    for number, entry in enumerate(context.param("patterns", position)):
        json = _by_pattern(json, entry, names, position, f"patterns[{number}]")
    return json


def _moved(json: JsonObject, old: str, new: str, dotted: bool) -> JsonObject:
    value = get_path(json, old, dotted)
    if value is MISSING:
        return json
    if old in json and not (dotted and any(sign in new for sign in ".[")):
        return {(new if name == old else name): held for name, held in json.items() if name != new}
    return with_path(without_path(json, old, dotted), new, value, dotted)


def _by_pattern(json: JsonObject, entry: Mapping[str, Any], names: _Names, position: int, place: str) -> JsonObject:
    search, put = text_of(entry.get("search")), text_of(entry.get("replace"))
    depth = whole_number(entry.get("depth", -1), least=-1, most=MAX_DEPTH, item=position, parameter=f"{place}.depth")
    try:
        rename = names.renaming(search, put, bool(entry.get("ignore_case")))
        changed: JsonObject = _walked(json, rename, MAX_DEPTH if depth < 0 else depth)
    except (BadPattern, TooCostly) as problem:
        raise NodeError(str(problem), kind="bad_pattern", item=position, parameter=f"{place}.search") from None
    return changed


def _walked(value: Any, rename: Rename, depth: int) -> Any:
    """The value with the names of its objects changed; lists count as a level, as their entries do."""
    if depth < 0:
        return value
    if isinstance(value, list):
        return [_walked(entry, rename, depth - 1) for entry in value]
    if isinstance(value, dict):
        return {rename(name): _walked(held, rename, depth - 1) for name, held in value.items()}
    return value
