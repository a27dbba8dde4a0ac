"""What DMN cannot say of a table, carried in an extension of the file.

A leftover says of one part of the document (a setting, a member of a column, a cell) what a plain reading of the DMN
gives, and what it is in truth. It holds only while the plain reading is still the same: what another tool changed,
stays changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

Document: TypeAlias = dict[str, Any]
Path: TypeAlias = tuple[str, ...]

_COLUMNS = ("input_columns", "output_columns")
_ORDER = "condition order"
_ABSENT = object()


def leftovers_of(document: Mapping[str, Any], plain: Mapping[str, Any], disabled: list[Any]) -> str:
    """Return the extension's text, empty where the plain reading is the document."""
    wanted, read = dict(_parts(document)), dict(_parts(plain))
    parts = [
        _part(path, read.get(path, _ABSENT), wanted.get(path, _ABSENT))
        for path in sorted({*wanted, *read})
        if not _same(read.get(path, _ABSENT), wanted.get(path, _ABSENT))
    ]
    found = {"parts": parts, "disabled": disabled}
    kept = {name: value for name, value in found.items() if value}
    return json.dumps(kept, separators=(",", ":")) if kept else ""


def _same(one: Any, other: Any) -> bool:
    return one is other or json.dumps(one, default=str) == json.dumps(other, default=str)


def _part(path: Path, was: Any, value: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"at": list(path)}
    if was is not _ABSENT:
        found["was"] = was
    if value is not _ABSENT:
        found["is"] = value
    return found


def _parts(document: Mapping[str, Any]) -> Iterator[tuple[Path, Any]]:
    for name, value in document.items():
        if name in _COLUMNS:
            yield (name,), [column["name"] for column in value]
            for column in value:
                for member, content in column.items():
                    yield (name, column["name"], member), content
        elif name == "rules":
            yield ("rules",), [rule["id"] for rule in value]
            for rule in value:
                yield from _rule_parts(rule)
        else:
            yield ("settings", name), value


def _rule_parts(rule: Mapping[str, Any]) -> Iterator[tuple[Path, Any]]:
    for member, content in rule.items():
        if member == "conditions":
            cells: dict[str, list[Any]] = {}
            for condition in content:
                rest = {name: value for name, value in condition.items() if name != "column"}
                cells.setdefault(condition["column"], []).append(rest)
            for column, found in cells.items():
                yield ("rules", rule["id"], "conditions", column), found
            yield ("rules", rule["id"], _ORDER), [condition["column"] for condition in content]
        elif member == "outputs":
            for column, value in content.items():
                yield ("rules", rule["id"], "outputs", column), value
        else:
            yield ("rules", rule["id"], member), content


def with_leftovers(plain: Document, text: str) -> Document:
    """Return the document that the plain reading and the extension's text give together."""
    found = _loaded(text)
    if not found:
        return plain
    parts = dict(_parts(plain))
    for item in found.get("parts", ()):
        path = _path_of(item)
        if path and _same(parts.get(path, _ABSENT), item.get("was", _ABSENT)):
            parts.pop(path, None)
            if "is" in item:
                parts[path] = item["is"]
    document = _document(parts)
    _insert(document["rules"], found.get("disabled"))
    return document


def _loaded(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict) or not isinstance(found.get("parts", []), list):
        return {}
    return found


def _path_of(item: Any) -> Path:
    at = item.get("at") if isinstance(item, dict) else None
    return tuple(at) if isinstance(at, list) and all(isinstance(step, str) for step in at) else ()


def _document(parts: Mapping[Path, Any]) -> Document:
    grouped: dict[Path, dict[Path, Any]] = {}
    for path, value in parts.items():
        if len(path) > 2:
            grouped.setdefault(path[:2], {})[path[2:]] = value
    document: Document = {path[1]: value for path, value in parts.items() if path[0] == "settings" and len(path) == 2}
    for side in _COLUMNS:
        found = ((name, grouped.get((side, name), {})) for name in _names(parts.get((side,))))
        document[side] = [
            {path[0]: value for path, value in members.items()} or {"name": name} for name, members in found
        ]
    document["rules"] = [_rule(name, grouped.get(("rules", name), {})) for name in _names(parts.get(("rules",)))]
    return document


def _names(value: Any) -> list[str]:
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []


def _rule(name: str, members: Mapping[Path, Any]) -> Document:
    rule: Document = {"id": name, "conditions": [], "outputs": {}}
    cells: dict[str, list[Any]] = {}
    for path, value in members.items():
        if path[0] == "conditions" and len(path) == 2:
            cells[path[1]] = [dict(item) for item in value if isinstance(item, dict)] if isinstance(value, list) else []
        elif path[0] == "outputs" and len(path) == 2:
            rule["outputs"][path[1]] = value
        elif path != (_ORDER,):
            rule[path[0]] = value
    rule["conditions"] = _ordered(cells, _names(members.get((_ORDER,))))
    return rule


def _ordered(cells: Mapping[str, list[Any]], order: Sequence[str]) -> list[Any]:
    waiting = {column: [{"column": column, **item} for item in reversed(found)] for column, found in cells.items()}
    placed = [waiting[column].pop() for column in order if waiting.get(column)]
    return placed + [item for found in waiting.values() for item in reversed(found)]


def _insert(rules: list[Any], disabled: Any) -> None:
    """Put rules that are switched off, which DMN does not have, back behind the rules that they stood behind."""
    for item in disabled if isinstance(disabled, list) else ():
        rule = item.get("rule") if isinstance(item, dict) else None
        if not isinstance(rule, dict) or any(found.get("id") == rule.get("id") for found in rules):
            continue
        after = item.get("after")
        places = [place for place, found in enumerate(rules, start=1) if found.get("id") == after]
        rules.insert(places[0] if places else (0 if after is None else len(rules)), rule)
