"""Boxed expressions read from XML."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from apps.decision_tables.engine.dmn.model import (
    Binding,
    Conditional,
    ContextEntry,
    ContextExpression,
    DecisionTableExpression,
    Expression,
    Filter,
    FunctionDefinition,
    Invocation,
    Iterator,
    ListExpression,
    LiteralExpression,
    Relation,
    TableInput,
    TableOutput,
    TableRule,
    Variable,
)
from apps.decision_tables.engine.dmn.names import normal_name
from apps.decision_tables.interchange.dmn.namespaces import OWN, child, children, is_feel, local_name, text_of

RULE_ID = f"{{{OWN}}}id"
"""An id of a rule that XML could not hold as an id."""
COLUMN_NAME = f"{{{OWN}}}name"
"""The name of an input column that tests an expression."""


def read_variable(item: etree._Element) -> Variable:
    """Return a variable, parameter or column with its name and type."""
    return Variable(normal_name(item.get("name")), _type_ref(item))


def read_child_expression(parent: etree._Element | None) -> Expression | None:
    """Return the first boxed expression among the children, none when there is none."""
    found = child(parent, *_READERS)
    return read_expression(found) if found is not None else None


def read_expression(item: etree._Element) -> Expression:
    """Return one boxed expression."""
    return _READERS[local_name(item)](item)


def read_function(item: etree._Element) -> FunctionDefinition:
    """Return a function definition (also a BKM's encapsulated logic)."""
    return FunctionDefinition(
        type_ref=_type_ref(item),
        parameters=tuple(read_variable(parameter) for parameter in children(item, "formalParameter")),
        body=read_child_expression(item),
        kind=(item.get("kind") or "FEEL").strip() if is_feel(item.get("kind") or "") else item.get("kind", ""),
    )


def _type_ref(item: etree._Element) -> str:
    return normal_name(item.get("typeRef"))


def _literal(item: etree._Element) -> LiteralExpression:
    return LiteralExpression(
        type_ref=_type_ref(item), text=text_of(child(item, "text")), feel=is_feel(item.get("expressionLanguage") or "")
    )


def _decision_table(item: etree._Element) -> DecisionTableExpression:
    return DecisionTableExpression(
        type_ref=_type_ref(item),
        inputs=tuple(_table_input(column) for column in children(item, "input")),
        outputs=tuple(_table_output(column) for column in children(item, "output")),
        rules=tuple(_table_rule(rule) for rule in children(item, "rule")),
        hit_policy=(item.get("hitPolicy") or "UNIQUE").strip(),
        aggregation=(item.get("aggregation") or "").strip(),
        annotation_names=tuple(normal_name(found.get("name")) for found in children(item, "annotation")),
        output_label=(item.get("outputLabel") or "").strip(),
    )


def _table_input(item: etree._Element) -> TableInput:
    expression = child(item, "inputExpression")
    return TableInput(
        expression=text_of(expression),
        type_ref=_type_ref(expression) if expression is not None else "",
        values=text_of(child(item, "inputValues")),
        label=(item.get("label") or "").strip(),
        name=item.get(COLUMN_NAME) or "",
    )


def _table_output(item: etree._Element) -> TableOutput:
    return TableOutput(
        name=normal_name(item.get("name")),
        type_ref=_type_ref(item),
        values=text_of(child(item, "outputValues")),
        default=text_of(child(item, "defaultOutputEntry")),
        label=(item.get("label") or "").strip(),
    )


def _table_rule(item: etree._Element) -> TableRule:
    return TableRule(
        inputs=tuple(text_of(entry) for entry in children(item, "inputEntry")),
        outputs=tuple(text_of(entry) for entry in children(item, "outputEntry")),
        annotations=tuple(text_of(entry) for entry in children(item, "annotationEntry")),
        id=item.get(RULE_ID) or (item.get("id") or "").strip(),
        description=text_of(child(item, "description")),
        feel=all(
            is_feel(entry.get("expressionLanguage") or "") for entry in children(item, "inputEntry", "outputEntry")
        ),
    )


def _context(item: etree._Element) -> ContextExpression:
    entries = []
    for entry in children(item, "contextEntry"):
        variable = child(entry, "variable")
        named = read_variable(variable) if variable is not None else None
        entries.append(ContextEntry(named, read_child_expression(entry)))
    return ContextExpression(type_ref=_type_ref(item), entries=tuple(entries))


def _invocation(item: etree._Element) -> Invocation:
    bindings = []
    for binding in children(item, "binding"):
        parameter = child(binding, "parameter")
        name = normal_name(parameter.get("name")) if parameter is not None else ""
        bindings.append(Binding(name, read_child_expression(binding)))
    return Invocation(type_ref=_type_ref(item), function=read_child_expression(item), bindings=tuple(bindings))


def _relation(item: etree._Element) -> Relation:
    return Relation(
        type_ref=_type_ref(item),
        columns=tuple(read_variable(column) for column in children(item, "column")),
        rows=tuple(tuple(read_expression(cell) for cell in children(row, *_READERS)) for row in children(item, "row")),
    )


def _list(item: etree._Element) -> ListExpression:
    found = tuple(read_expression(entry) for entry in children(item, *_READERS))
    return ListExpression(type_ref=_type_ref(item), items=found)


def _part(item: etree._Element, name: str) -> Expression | None:
    return read_child_expression(child(item, name))


def _conditional(item: etree._Element) -> Conditional:
    return Conditional(_type_ref(item), _part(item, "if"), _part(item, "then"), _part(item, "else"))


def _iterator(item: etree._Element) -> Iterator:
    kind = local_name(item)
    variable = Variable(normal_name(item.get("iteratorVariable")))
    body = _part(item, "return") if kind == "for" else _part(item, "satisfies")
    return Iterator(_type_ref(item), kind, variable, _part(item, "in"), body)


def _filter(item: etree._Element) -> Filter:
    return Filter(_type_ref(item), _part(item, "in"), _part(item, "match"))


_READERS: Mapping[str, Callable[[etree._Element], Expression]] = {
    "literalExpression": _literal,
    "decisionTable": _decision_table,
    "context": _context,
    "invocation": _invocation,
    "functionDefinition": read_function,
    "relation": _relation,
    "list": _list,
    "conditional": _conditional,
    "for": _iterator,
    "some": _iterator,
    "every": _iterator,
    "filter": _filter,
}
