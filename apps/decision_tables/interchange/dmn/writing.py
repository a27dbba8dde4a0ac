"""A decision table as DMN 1.5 XML that modellers open: one decision, its inputs and a diagram of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from apps.decision_tables.engine.feel.builtins.catalogue import FUNCTIONS
from apps.decision_tables.engine.feel.syntax.errors import FeelSyntaxError
from apps.decision_tables.engine.feel.syntax.nodes import Name, walk
from apps.decision_tables.engine.feel.syntax.parser import parse_expression
from apps.decision_tables.interchange.dmn.cells import text_of_conditions
from apps.decision_tables.interchange.dmn.expressions import COLUMN_NAME, RULE_ID
from apps.decision_tables.interchange.dmn.literals import feel_of, xml_text
from apps.decision_tables.interchange.dmn.namespaces import DC, DI, DMNDI, MODEL, OWN
from apps.decision_tables.interchange.dmn.xml import parse_xml
from exprsn.kernel.errors import DomainError

_TYPE_REFS: Mapping[str, str] = {
    "datetime": "date and time",
    "duration": "days and time duration",
    "list": "Any",
    "any": "Any",
}
# None is the default namespace, which the stubs do not know.
_PREFIXES: Any = {None: MODEL, "dmndi": DMNDI, "dc": DC, "di": DI, "exprsn": OWN}
_NCNAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
_MONTHS = re.compile(r"-?P\d+[YM]")


class TableWriter:
    """Builds the XML of one table; ids are the same each time."""

    def __init__(self, document: Mapping[str, Any], name: str, label: str, application: str = "") -> None:
        self._document = document
        self._name = name
        self._label = label
        self._application = application
        self._ids: set[str] = set()
        self._names = [column["name"] for column in document["input_columns"]]

    def definitions(self, extension: str = "", extensions: Sequence[str] = ()) -> etree._Element:
        """Return the ``definitions`` element; ``extension`` is our own, the others are XML texts of other tools."""
        root = etree.Element(_dmn("definitions"), nsmap=_PREFIXES)
        shown = xml_text(self._label or self._name)
        _set(root, id=self._id(f"definitions_{self._name}"), name=shown, namespace=f"{OWN}:{xml_text(self._name)}")
        root.set("exporter", "Exprsn")
        needed = [(name, self._id(f"input_{number}_data")) for number, name in enumerate(self._needed(), start=1)]
        decision_id = self._id(self._name)
        decision = _sub(root, "decision", id=decision_id, name=shown)
        decision.set(f"{{{OWN}}}name", xml_text(self._name))
        decision.set(f"{{{OWN}}}label", xml_text(self._label))
        if self._application:
            decision.set(f"{{{OWN}}}application", xml_text(self._application))
        _sub(decision, "variable", id=self._id("variable"), name=shown)
        for number, (_name, input_id) in enumerate(needed, start=1):
            requirement = _sub(decision, "informationRequirement", id=self._id(f"requirement_{number}"))
            _sub(requirement, "requiredInput", href=f"#{input_id}")
        self._table(decision, extension, extensions)
        for number, (name, input_id) in enumerate(needed, start=1):
            item = _sub(root, "inputData", id=input_id, name=xml_text(name))
            _sub(
                item, "variable", id=self._id(f"input_{number}_variable"), name=xml_text(name), typeRef=self._type(name)
            )
        _diagram(root, decision_id, [input_id for _name, input_id in needed])
        return root

    def _table(self, decision: etree._Element, extension: str, extensions: Sequence[str]) -> None:
        document = self._document
        table = _sub(decision, "decisionTable", id=self._id("table"))
        table.set("hitPolicy", document["hit_policy"].replace("_", " "))
        aggregation = document.get("aggregation")
        if document["hit_policy"] == "COLLECT" and aggregation in ("sum", "min", "max", "count"):
            table.set("aggregation", aggregation.upper())
        self._extend(table, extension, extensions)
        for number, column in enumerate(document["input_columns"], start=1):
            self._input(table, column, number)
        for number, column in enumerate(document["output_columns"], start=1):
            self._output(table, column, number)
        for number, rule in enumerate(document["rules"], start=1):
            self._rule(table, rule, number)

    def _extend(self, table: etree._Element, extension: str, extensions: Sequence[str]) -> None:
        if not extension and not extensions:
            return
        parent = _sub(table, "extensionElements")
        for text in extensions:
            try:
                parent.append(parse_xml(text.encode()))
            except DomainError:
                continue
        if extension:
            etree.SubElement(parent, f"{{{OWN}}}table").text = extension

    def _input(self, table: etree._Element, column: Mapping[str, Any], number: int) -> None:
        item = _sub(table, "input", id=self._id(f"input_{number}"), label=xml_text(column.get("label") or ""))
        expression = _sub(item, "inputExpression", id=self._id(f"input_{number}_expression"))
        expression.set("typeRef", self._type_ref(column))
        _text(expression, column.get("expression") or column["name"])
        if column.get("expression"):
            item.set(COLUMN_NAME, column["name"])
        self._allowed(item, "inputValues", column, f"input_{number}_values")

    def _output(self, table: etree._Element, column: Mapping[str, Any], number: int) -> None:
        name = column["name"]
        item = _sub(table, "output", id=self._id(f"output_{number}"), label=xml_text(column.get("label") or ""))
        _set(item, name=xml_text(name), typeRef=self._type_ref(column))
        self._allowed(item, "outputValues", column, f"output_{number}_values")
        default = self._document.get("default_outputs", {}).get(name, column.get("default_value"))
        if default is not None:
            entry = _sub(item, "defaultOutputEntry", id=self._id(f"output_{number}_default"))
            _text(entry, _output_text(default, column["type"]))

    def _allowed(self, item: etree._Element, tag: str, column: Mapping[str, Any], identity: str) -> None:
        if column.get("allowed_values"):
            values = _sub(item, tag, id=self._id(identity))
            _text(values, ", ".join(feel_of(value, column["type"]) for value in column["allowed_values"]))

    def _rule(self, table: etree._Element, rule: Mapping[str, Any], number: int) -> None:
        wanted = rule["id"]
        identity = self._id(wanted if _NCNAME.fullmatch(wanted) else f"rule_{number}")
        item = _sub(table, "rule", id=identity)
        if identity != wanted and xml_text(wanted) == wanted:
            item.set(RULE_ID, wanted)
        if rule.get("annotation"):
            _sub(item, "description").text = xml_text(rule["annotation"])
        cells: dict[str, list[Mapping[str, Any]]] = {}
        for condition in rule.get("conditions", ()):
            cells.setdefault(condition["column"], []).append(condition)
        for place, column in enumerate(self._document["input_columns"], start=1):
            entry = _sub(item, "inputEntry", id=self._id(f"{identity}_input_{place}"))
            _text(entry, text_of_conditions(cells.get(column["name"], ()), column["type"]))
        for place, column in enumerate(self._document["output_columns"], start=1):
            entry = _sub(item, "outputEntry", id=self._id(f"{identity}_output_{place}"))
            value = rule.get("outputs", {}).get(column["name"])
            _text(entry, "" if value is None else _output_text(value, column["type"]))

    def _needed(self) -> list[str]:
        """The names that the columns need from the caller."""
        found: dict[str, None] = {}
        for column in self._document["input_columns"]:
            for name in _names_in(column["expression"], self._names) if column.get("expression") else [column["name"]]:
                found[name] = None
        return list(found)

    def _type(self, name: str) -> str:
        for column in self._document["input_columns"]:
            if column["name"] == name and not column.get("expression"):
                return self._type_ref(column)
        return "Any"

    def _type_ref(self, column: Mapping[str, Any]) -> str:
        kind = column["type"]
        if kind == "duration" and _only_months(column, self._document["rules"]):
            return "years and months duration"
        return _TYPE_REFS.get(kind, kind)

    def _id(self, wanted: str) -> str:
        base = re.sub(r"[^A-Za-z0-9._-]", "_", wanted)
        base = base if _NCNAME.fullmatch(base) else f"_{base}"
        chosen, number = base, 2
        while chosen in self._ids:
            chosen = f"{base}_{number}"
            number += 1
        self._ids.add(chosen)
        return chosen


def _dmn(tag: str) -> str:
    return f"{{{MODEL}}}{tag}"


def _sub(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    item = etree.SubElement(parent, _dmn(tag))
    _set(item, **attributes)
    return item


def _set(item: etree._Element, **attributes: str) -> None:
    for name, value in attributes.items():
        if value:
            item.set(name, value)


def _text(parent: etree._Element, text: str) -> None:
    _sub(parent, "text").text = xml_text(text)


def _output_text(value: Any, column_type: str) -> str:
    if isinstance(value, dict) and set(value) == {"feel"}:
        return str(value["feel"])
    return feel_of(value, column_type)


def _only_months(column: Mapping[str, Any], rules: Sequence[Mapping[str, Any]]) -> bool:
    name = column["name"]
    values = [rule.get("outputs", {}).get(name) for rule in rules]
    for rule in rules:
        values.extend(item.get("value") for item in rule.get("conditions", ()) if item["column"] == name)
    texts = [value for value in values if isinstance(value, str)]
    return bool(texts) and all(_MONTHS.match(text) for text in texts)


def _names_in(expression: str, names: Sequence[str]) -> list[str]:
    try:
        tree = parse_expression(expression, names)
    except FeelSyntaxError:
        return []
    found = [node.name for node in walk(tree) if isinstance(node, Name)]
    return sorted({name for name in found if name != "?" and name not in FUNCTIONS})


def _diagram(root: etree._Element, decision: str, inputs: Sequence[str]) -> None:
    diagram = etree.SubElement(etree.SubElement(root, f"{{{DMNDI}}}DMNDI"), f"{{{DMNDI}}}DMNDiagram")
    diagram.set("id", "diagram")
    middle = 150 + 90 * max(len(inputs) - 1, 0)
    _shape(diagram, decision, middle, 80, (180, 80))
    for place, identity in enumerate(inputs):
        _shape(diagram, identity, 150 + 180 * place, 260, (125, 45))
    for place in range(len(inputs)):
        requirement = f"requirement_{place + 1}"
        edge = etree.SubElement(diagram, f"{{{DMNDI}}}DMNEdge", id=f"edge_{requirement}", dmnElementRef=requirement)
        for x, y in ((212 + 180 * place, 260), (middle + 90, 160)):
            etree.SubElement(edge, f"{{{DI}}}waypoint", x=str(x), y=str(y))


def _shape(diagram: etree._Element, identity: str, x: int, y: int, size: tuple[int, int]) -> None:
    shape = etree.SubElement(diagram, f"{{{DMNDI}}}DMNShape", id=f"shape_{identity}", dmnElementRef=identity)
    etree.SubElement(shape, f"{{{DC}}}Bounds", x=str(x), y=str(y), width=str(size[0]), height=str(size[1]))


def serialized(root: etree._Element) -> bytes:
    """Return the file."""
    etree.indent(root, "  ")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
