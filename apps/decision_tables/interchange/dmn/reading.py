"""A DMN file as a model: ``read_definitions(bytes)``.

DMN 1.1 to 1.5 are read alike. Elements of other namespaces (diagrams, what modellers add) carry no logic and are
passed over here; ``tables`` says of them what could not be kept.
"""

from __future__ import annotations

from lxml import etree

from apps.decision_tables.engine.dmn.model import (
    BusinessKnowledgeModel,
    Decision,
    DecisionService,
    Definitions,
    DrgElement,
    Import,
    InputData,
    ItemDefinition,
    Reference,
    Variable,
)
from apps.decision_tables.engine.dmn.names import normal_name
from apps.decision_tables.interchange.dmn.expressions import read_child_expression, read_function, read_variable
from apps.decision_tables.interchange.dmn.namespaces import MODELS, child, children, local_name, namespace_of, text_of
from apps.decision_tables.interchange.dmn.xml import parse_xml, refused


def read_definitions(content: bytes) -> Definitions:
    """Return the model that a DMN file describes; raises ``import_invalid`` when it is none."""
    return definitions_of(parse_xml(content))


def definitions_of(root: etree._Element) -> Definitions:
    """Return the model of a ``definitions`` element."""
    if local_name(root) != "definitions" or namespace_of(root) not in MODELS:
        raise refused("The file is XML but not DMN: its root must be <definitions> of DMN 1.1 to 1.5.")
    return Definitions(
        name=normal_name(root.get("name")),
        namespace=(root.get("namespace") or "").strip(),
        item_definitions=tuple(_item_definition(item) for item in children(root, "itemDefinition")),
        elements=tuple(found for item in children(root) if (found := _element(item)) is not None),
        imports=tuple(_import(item) for item in children(root, "import") if _is_model(item)),
        prefixes={prefix: uri for prefix, uri in root.nsmap.items() if prefix},
    )


def _is_model(item: etree._Element) -> bool:
    kind = (item.get("importType") or "").strip()
    return not kind or kind in MODELS or "/DMN/" in kind


def _import(item: etree._Element) -> Import:
    return Import(normal_name(item.get("name")), (item.get("namespace") or "").strip(), item.get("locationURI") or "")


def _item_definition(item: etree._Element) -> ItemDefinition:
    function = child(item, "functionItem")
    parameters = None
    if function is not None:
        parameters = tuple(read_variable(parameter) for parameter in children(function, "parameters"))
    return ItemDefinition(
        name=normal_name(item.get("name")),
        type_ref=text_of(child(item, "typeRef")),
        components=tuple(_item_definition(component) for component in children(item, "itemComponent")),
        is_collection=(item.get("isCollection") or "").strip() in ("true", "1"),
        allowed_values=text_of(child(item, "allowedValues")),
        type_constraint=text_of(child(item, "typeConstraint")),
        function_parameters=parameters,
        function_output=(function.get("outputTypeRef") or "").strip() if function is not None else "",
    )


def _element(item: etree._Element) -> DrgElement | None:
    kind = local_name(item)
    identity, name = (item.get("id") or "").strip(), normal_name(item.get("name"))
    label = (item.get("label") or "").strip()
    variable = _own_variable(item, name)
    description = text_of(child(item, "description"))
    if kind == "inputData":
        return InputData(identity, name, variable, label, description)
    if kind == "decision":
        logic = read_child_expression(item)
        return Decision(identity, name, variable, label, description, logic, _requirements(item))
    if kind == "businessKnowledgeModel":
        encapsulated = child(item, "encapsulatedLogic")
        function = read_function(encapsulated) if encapsulated is not None else None
        return BusinessKnowledgeModel(identity, name, variable, label, description, function, _requirements(item))
    if kind == "decisionService":
        return _service(item, DrgElement(identity, name, variable, label, description))
    return None


def _service(item: etree._Element, base: DrgElement) -> DecisionService:
    return DecisionService(
        base.id,
        base.name,
        base.variable,
        base.label,
        base.description,
        outputs=_references(item, "outputDecision"),
        encapsulated=_references(item, "encapsulatedDecision"),
        input_decisions=_references(item, "inputDecision"),
        input_data=_references(item, "inputData"),
    )


def _own_variable(item: etree._Element, name: str) -> Variable:
    found = child(item, "variable")
    if found is None:
        return Variable(name)
    own = read_variable(found)
    return Variable(own.name or name, own.type_ref)


def _requirements(item: etree._Element) -> tuple[Reference, ...]:
    found: list[Reference] = []
    for requirement in children(item, "informationRequirement", "knowledgeRequirement"):
        found.extend(_references(requirement, "requiredInput", "requiredDecision", "requiredKnowledge"))
    return tuple(found)


def _references(item: etree._Element, *names: str) -> tuple[Reference, ...]:
    return tuple(_reference(found.get("href") or "") for found in children(item, *names))


def _reference(href: str) -> Reference:
    namespace, mark, identity = href.strip().rpartition("#")
    return Reference(identity, namespace) if mark else Reference(href.strip())
