"""Declarations of parameters that several node types have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from apps.workflows.engine.node_type import NodeError, Option, Parameter
from apps.workflows.nodes.support.values import parsed_json, text_of
from exprsn.kernel.jsonvalue import JsonValue

MAX_ENTRIES = 200


def when_operation(*operations: str) -> dict[str, list[Any]]:
    """``display_if`` of what belongs to these choices of the parameter ``operation``."""
    return {"operation": list(operations)}


def name_value_list(
    name: str,
    display_name: str,
    *,
    description: str = "",
    display_if: Mapping[str, Sequence[JsonValue]] | None = None,
    supports_expressions: bool = True,
) -> Parameter:
    """A list of ``{name, value}`` entries."""
    return Parameter(
        name,
        display_name,
        type="list",
        default_value=[],
        description=description,
        display_if=display_if or {},
        supports_expressions=supports_expressions,
        validation={"max": MAX_ENTRIES},
        fields=(
            Parameter("name", "Name", required=True, supports_expressions=supports_expressions),
            Parameter("value", "Value", default_value="", supports_expressions=supports_expressions),
        ),
    )


def dot_notation_parameter(description: str = "Read a.b as the field b inside of a.", **more: Any) -> Parameter:
    """The switch that all nodes with field names have."""
    return Parameter(
        "dot_notation",
        "Dot notation",
        type="boolean",
        default_value=True,
        description=description,
        supports_expressions=False,
        **more,
    )


def include_fields_parameter(display_if: Mapping[str, Sequence[JsonValue]]) -> Parameter:
    """The names that an include choice of ``selected`` or ``except`` speaks of."""
    return Parameter(
        "include_fields",
        "Fields",
        type="json",
        default_value=[],
        description="A list of field names, or one text with commas.",
        display_if=display_if,
    )


def time_limit_parameter(
    default: float, most: float, *, least: float = 1, per: str = "", supports_expressions: bool = False
) -> Parameter:
    """How long one call may take. ``per`` says of what, if a node makes several."""
    return Parameter(
        "timeout_seconds",
        "Time limit",
        type="number",
        default_value=default,
        description=f"In seconds, {per}." if per else "In seconds.",
        supports_expressions=supports_expressions,
        validation={"min": least, "max": most},
    )


def options(*choices: tuple[str, str]) -> list[Option]:
    """Options from (value, name) pairs."""
    return [Option(value, name) for value, name in choices]


def name_value_pairs(entries: Any, *, item: int, parameter: str) -> list[tuple[str, Any]]:
    """The evaluated entries of a ``name_value_list`` as pairs; entries without a name are dropped."""
    if not isinstance(entries, list):
        raise NodeError("A list of names and values is expected.", kind="bad_value", item=item, parameter=parameter)
    pairs = []
    for entry in entries:
        name = text_of(entry.get("name")) if isinstance(entry, dict) else ""
        if name:
            pairs.append((name, entry.get("value")))
    return pairs


def json_value(value: Any, *, item: int, parameter: str) -> Any:
    """A ``json`` parameter's value: a text is read as JSON, anything else is taken as it is."""
    if not isinstance(value, str):
        return value
    try:
        return parsed_json(value)
    except ValueError as problem:
        raise NodeError(
            f"This is not valid JSON: {problem}.", kind="bad_json", item=item, parameter=parameter
        ) from None


def whole_number(value: Any, *, least: int, most: int, item: int, parameter: str) -> int:
    """A number parameter as a whole number within bounds. Raises ``NodeError``."""
    number = value
    if isinstance(value, str) and value.strip().lstrip("-").isdecimal() and len(value) < 20:
        number = int(value)
    if isinstance(number, float) and number.is_integer():
        number = int(number)
    if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= most:
        raise NodeError(
            f"A whole number from {least} to {most} is expected, not {text_of(value)!r}.",
            kind="bad_value",
            item=item,
            parameter=parameter,
        )
    return number
