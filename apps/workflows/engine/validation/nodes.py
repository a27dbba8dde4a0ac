"""One node: parameters, expressions, credentials."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from apps.workflows.engine.definition import Node
from apps.workflows.engine.node_type import NodeType, Parameter
from apps.workflows.engine.validation.expressions import Faulty, as_template, expression_faults
from apps.workflows.engine.validation.faults import Fault

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str, int, float),
    "number": (int, float),
    "boolean": (bool,),
    "multiselect": (list, str),
    "code": (str,),
    "datetime": (str,),
    "cron": (str,),
    "collection": (dict,),
    "list": (list,),
    "conditions": (dict,),
    "assignments": (list,),
    "credential": (str,),
}


def node_faults(
    path: str,
    node: Node,
    node_type: type[NodeType],
    credentials: Collection[str] | None,
    faulty: Faulty = MappingProxyType({}),
) -> list[Fault]:
    """The faults of one enabled node of a known type."""
    if node_type.inert:
        return []
    found = _parameter_faults(f"{path}.parameters", node_type.parameters, node.parameters, node.id)
    skipped = {parameter.name for parameter in node_type.parameters if not parameter.supports_expressions}
    evaluated = {name: value for name, value in node.parameters.items() if name not in skipped}
    found += expression_faults(f"{path}.parameters", evaluated, node.id, faulty)
    if node.run_if:
        found += expression_faults(f"{path}.run_if", as_template(node.run_if), node.id, faulty)
    for name, messages in node_type.check(node.parameters).items():
        where = f"{path}.parameters.{name}" if name else f"{path}.parameters"
        found += [Fault(where, "invalid_parameter", message, node_id=node.id) for message in messages]
    if credentials is not None:
        found += _credential_faults(f"{path}.credentials", node, node_type, credentials)
    return found


def _credential_faults(path: str, node: Node, node_type: type[NodeType], credentials: Collection[str]) -> list[Fault]:
    if node_type.needs_credential and not any(node.credentials.get(kind) for kind in node_type.credential_kinds):
        kinds = " or ".join(node_type.credential_kinds)
        message = f"Choose a credential of the kind {kinds} for this node."
        return [Fault(path, "credential_missing", message, node_id=node.id)]
    message = "This credential does not exist in your organization. Choose another one."
    return [
        Fault(f"{path}.{kind}", "unknown_credential", message, node_id=node.id)
        for kind, credential_id in node.credentials.items()
        if credential_id not in credentials
    ]


def _parameter_faults(path: str, declared: Sequence[Parameter], given: Mapping[str, Any], node_id: str) -> list[Fault]:
    faults: list[Fault] = []
    for parameter in declared:
        if not parameter.is_shown(given, declared):
            continue
        where = f"{path}.{parameter.name}"
        value = given.get(parameter.name)
        if value is None or value == "":
            if parameter.required and parameter.default_value in (None, ""):
                faults.append(Fault(where, "required", f"“{parameter.display_name}” is required.", node_id=node_id))
        elif not _is_template(value, parameter):
            faults += _value_faults(where, parameter, value, node_id)
    return faults


def _is_template(value: Any, parameter: Parameter) -> bool:
    return parameter.supports_expressions and isinstance(value, str) and value.startswith("=")


def _value_faults(where: str, parameter: Parameter, value: Any, node_id: str) -> list[Fault]:
    message = _wrong(parameter, value)
    if message:
        return [Fault(where, "invalid_parameter", f"{parameter.display_name}: {message}", node_id=node_id)]
    if parameter.fields and isinstance(value, dict):
        return _parameter_faults(where, parameter.fields, value, node_id)
    if parameter.fields and isinstance(value, list):
        return [
            fault
            for at, entry in enumerate(value)
            for fault in (
                _parameter_faults(f"{where}[{at}]", parameter.fields, entry, node_id)
                if isinstance(entry, dict)
                else [Fault(f"{where}[{at}]", "invalid_parameter", "Must be an object.", node_id=node_id)]
            )
        ]
    return []


def _wrong(parameter: Parameter, value: Any) -> str:
    expected = _TYPES.get(parameter.type)
    if expected and (not isinstance(value, expected) or (isinstance(value, bool) and bool not in expected)):
        return f"must be of type {parameter.type}."
    if parameter.type == "select" and parameter.options:
        known = [option.value for option in parameter.options]
        return "" if value in known else f"must be one of {', '.join(map(str, known))}."
    return _out_of_bounds(parameter.validation, value)


def _out_of_bounds(rules: Mapping[str, Any], value: Any) -> str:
    if isinstance(value, str):
        if len(value) < rules.get("min_length", 0):
            return f"must have at least {rules['min_length']} characters."
        if len(value) > rules.get("max_length", len(value)):
            return f"must have at most {rules['max_length']} characters."
        if "pattern" in rules and not re.fullmatch(rules["pattern"], value):
            return "does not have the right form."
    if isinstance(value, int | float) and not isinstance(value, bool):
        if value < rules.get("min", value):
            return f"must be at least {rules['min']}."
        if value > rules.get("max", value):
            return f"must be at most {rules['max']}."
    return ""
