"""Columns of a DMN decision table as columns of ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from apps.decision_tables.engine.columns import MAX_NAME, TYPES, is_name
from apps.decision_tables.engine.dmn.model import Definitions, ItemDefinition, TableInput, TableOutput
from apps.decision_tables.engine.feel.syntax.errors import FeelSyntaxError
from apps.decision_tables.engine.feel.syntax.nodes import ListLiteral, Name
from apps.decision_tables.engine.feel.syntax.parser import parse_expression
from apps.decision_tables.interchange.dmn.cells import NotFeel, output_of
from apps.decision_tables.interchange.dmn.literals import NotConstant, json_of

Note = Callable[[str, str, str], None]
_TYPES: Mapping[str, str] = {
    **{name: name for name in TYPES},
    "date and time": "datetime",
    "dateTime": "datetime",
    "days and time duration": "duration",
    "years and months duration": "duration",
    "dayTimeDuration": "duration",
    "yearMonthDuration": "duration",
    "integer": "number",
    "long": "number",
    "double": "number",
    "decimal": "number",
    "Any": "any",
    "": "any",
}
_MOST_ALIASES = 20


class ColumnReader:
    """Reads the columns of one table; ``note(severity, place, message)`` hears what could not be kept."""

    def __init__(self, model: Definitions, note: Note) -> None:
        self._items = {item.name: item for item in model.item_definitions}
        self._note = note

    def inputs(self, columns: Sequence[TableInput]) -> list[dict[str, Any]]:
        """Return the input columns."""
        found: list[dict[str, Any]] = []
        for number, column in enumerate(columns, start=1):
            found.append(self._input(column, number, {one["name"] for one in found}))
        return found

    def outputs(self, columns: Sequence[TableOutput], fallback: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """Return the output columns and the outputs of no match; ``fallback`` names a single unnamed one."""
        found: list[dict[str, Any]] = []
        defaults: dict[str, Any] = {}
        for number, column in enumerate(columns, start=1):
            wanted = column.name or (fallback if len(columns) == 1 else "") or column.label
            name = self._name(wanted, f"output_{number}", {one["name"] for one in found})
            kind, allowed = self._type(column.type_ref)
            document = {"name": name, "type": kind, "label": column.label}
            self._allow(document, column.values or allowed, f"output {name}")
            found.append(document)
            if column.default:
                self._default(defaults, name, kind, column.default)
        return found, defaults

    def _input(self, column: TableInput, number: int, taken: Collection[str]) -> dict[str, Any]:
        place = f"input {number}"
        expression = " ".join(column.expression.split())
        plain = not column.name and is_name(expression) and self._is_single_name(expression)
        wanted = column.name or (expression if plain else column.label)
        name = self._name(wanted, f"input_{number}", taken)
        kind, allowed = self._type(column.type_ref)
        document: dict[str, Any] = {"name": name, "type": kind, "label": column.label}
        if not expression:
            self._note("warning", place, f"The column tests no expression; it now tests the input {name!r}.")
        elif not plain or name != expression:
            self._express(document, expression, place)
        self._allow(document, column.values or allowed, place)
        return document

    def _is_single_name(self, text: str) -> bool:
        try:
            return isinstance(parse_expression(text, {text} if " " in text else ()), Name)
        except FeelSyntaxError:
            return False

    def _express(self, document: dict[str, Any], expression: str, place: str) -> None:
        try:
            parse_expression(expression)
        except FeelSyntaxError as error:
            message = f"{expression[:80]!r} is not FEEL ({error}). The column now tests the input {document['name']!r}."
            self._note("warning", place, message)
        else:
            document["expression"] = expression

    def _name(self, wanted: str, otherwise: str, taken: Collection[str]) -> str:
        cleaned = re.sub(r"[^\w .\-]", "_", " ".join(wanted.split()))[:MAX_NAME].strip(" .-")
        name = cleaned if is_name(cleaned) else otherwise
        number = 2
        chosen = name
        while chosen in taken:
            chosen = f"{name[: MAX_NAME - 5]}_{number}"
            number += 1
        if wanted and chosen != wanted:
            self._note("info", chosen, f"The column was called {wanted[:80]!r} and is now called {chosen!r}.")
        return chosen

    def _type(self, type_ref: str) -> tuple[str, str]:
        allowed = ""
        for _ in range(_MOST_ALIASES):
            name = type_ref.rpartition(":")[2]
            item = self._items.get(name)
            if item is None:
                break
            allowed = allowed or item.allowed_values
            if item.is_collection or item.components or item.function_parameters is not None:
                return ("list" if item.is_collection else "any"), ""
            type_ref = _base(item, name)
        else:
            name = ""
        return _TYPES.get(name, "list" if name.startswith("list") else "any"), allowed

    def _allow(self, document: dict[str, Any], values: str, place: str) -> None:
        if not values:
            return
        try:
            node = parse_expression(f"[{values}]")
            listed = [json_of(item, document["type"]) for item in node.items] if isinstance(node, ListLiteral) else []
        except (FeelSyntaxError, NotConstant):
            listed = []
        if listed and None not in listed:
            document["allowed_values"] = listed
        else:
            self._note("warning", place, f"The allowed values {values[:80]!r} are no list of values and were left out.")

    def _default(self, defaults: dict[str, Any], name: str, kind: str, text: str) -> None:
        try:
            value = output_of(text, kind)
        except NotFeel:
            value = {"feel": text}
        if isinstance(value, dict) and "feel" in value:
            self._note("warning", f"output {name}", f"The default {text[:80]!r} is no constant and was left out.")
        else:
            defaults[name] = value


def _base(item: ItemDefinition, name: str) -> str:
    return item.type_ref if item.type_ref != name else ""
