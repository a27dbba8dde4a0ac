"""Traps in what expressions and code take their data from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from apps.workflows.engine.definition import Node
from apps.workflows.engine.validation.drawing import Drawing
from apps.workflows.engine.validation.faults import Fault

_NAMED = re.compile(r"""\$\(\s*(?:"([^"\\]{1,200})"|'([^'\\]{1,200})'|`([^`\\$]{1,200})`)\s*\)(\.item\b)?""")
_RETURN = re.compile(r"\breturn\b\s*([^\n;]{0,200})")
_LIST = re.compile(r"\[|items\b|\$input\.all\(")
_COMMENT = re.compile(r"//[^\n]*")
MAX_TEXT = 100_000


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """``(path, text)`` of every expression and every code within parameters."""
    todo = [(path, value)]
    while todo:
        place, found = todo.pop()
        if isinstance(found, str):
            yield place, found[:MAX_TEXT]
        elif isinstance(found, Mapping):
            todo += [(f"{place}.{name}", member) for name, member in found.items()]
        elif isinstance(found, list):
            todo += [(f"{place}[{at}]", member) for at, member in enumerate(found)]


def _references(node: Node) -> Iterator[tuple[str, str, bool, str]]:
    """Each node that is named once: place, name, whether by ``.item``, the text around it."""
    seen: set[tuple[str, bool]] = set()
    given = {"parameters": node.parameters, "run_if": f"={node.run_if}" if node.run_if else ""}
    for place, text in _texts(given, ""):
        if not text.startswith("=") and node.type != "code":
            continue
        for found in _NAMED.finditer(text):
            name = found[1] or found[2] or found[3]
            key = (name, found[4] is not None)
            if key not in seen:
                seen.add(key)
                yield place.lstrip("."), name, key[1], text


def unknown_node(drawing: Drawing) -> Iterator[Fault]:
    """``$("X")`` where no node is called so."""
    names = {node.name for node in drawing.definition.nodes}
    for node in drawing.enabled():
        for place, name, _, _ in _references(node):
            if name not in names:
                yield drawing.warning(
                    node, "unknown_node", f"There is no step called “{name}” in this workflow.", place
                )


def other_branch(drawing: Drawing) -> Iterator[Fault]:
    """``$("X")`` where X does not lead here: it may not have run."""
    ids = {node.name: node.id for node in drawing.nodes.values()}
    for node in drawing.enabled():
        if not drawing.incoming.get(node.id):
            continue
        before = drawing.ancestors(node.id)
        for place, name, _, text in _references(node):
            wanted = ids.get(name)
            if wanted in (None, node.id) or wanted in before or "isExecuted" in text:
                continue
            message = f"“{name}” does not lead to “{node.name}”, so it may not have run. Connect it, or ask isExecuted."
            yield drawing.warning(node, "other_branch", message, place)


def lineage_ends(drawing: Drawing) -> Iterator[Fault]:
    """``$("X").item`` behind a node that makes one item of many: nobody can say which item is meant."""
    ids = {node.name: node.id for node in drawing.nodes.values()}
    enders = [node for node in drawing.enabled("aggregate", "execute_workflow") if _ends_lineage(node)]
    for node in drawing.enabled():
        for place, name, by_item, _ in _references(node):
            wanted = ids.get(name)
            if not by_item or wanted is None or wanted not in drawing.ancestors(node.id):
                continue
            for ender in enders:
                is_between = ender.id in drawing.ancestors(node.id) and wanted in drawing.ancestors(ender.id)
                if is_between and node.id not in drawing.after({wanted}, without=ender.id):
                    message = (
                        f"“{ender.name}” does not say which item each of its items came from, so “{name}” has no "
                        "single item here. Use .first() or .all()."
                    )
                    yield drawing.warning(node, "lineage_ends", message, place)
                    break


def _ends_lineage(node: Node) -> bool:
    if node.type == "aggregate":
        return True
    return node.parameters.get("mode") != "each" and node.parameters.get("wait") is not False


def list_for_each_item(drawing: Drawing) -> Iterator[Fault]:
    """Code that runs for each item answers one item, not a list."""
    for node in drawing.enabled("code"):
        if node.parameters.get("mode") != "each_item":
            continue
        code = _COMMENT.sub("", str(node.parameters.get("code", ""))[:MAX_TEXT])
        returns = _RETURN.findall(code)
        if returns and _LIST.match(returns[-1].strip()):
            message = f"“{node.name}” runs for each item, but returns a list. Return one item, or run it for all items."
            yield drawing.warning(node, "list_for_each_item", message, "parameters.code")


DATA_RULES = (unknown_node, other_branch, lineage_ends, list_for_each_item)
