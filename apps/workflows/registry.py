"""The node types that exist, and the catalogue that the API and the designer read.

Filled by importing ``apps.workflows.nodes``; nothing here knows a single node type.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar, cast

from apps.workflows.engine.node_type import NodeType, Option, Parameter, Port
from apps.workflows.engine.port_rules import PortRule
from exprsn.kernel.errors import NotFound
from exprsn.kernel.jsonvalue import JsonObject
from exprsn.kernel.registry import Registry

node_types: Registry[type[NodeType]] = Registry("node types")

_T = TypeVar("_T", bound=NodeType)


def register_node(node_type: type[_T]) -> type[_T]:
    """Class decorator: make a node type known under its ``type``."""
    node_types.register(node_type.type, node_type)
    return node_type


def find_node_type(type_id: str) -> type[NodeType] | None:
    """The node type with this id, or None."""
    return node_types.get(type_id) if type_id in node_types else None


def get_node_type(type_id: str) -> type[NodeType]:
    """The node type with this id. Raises ``NotFound`` (``unknown_node_type``)."""
    found = find_node_type(type_id)
    if found is None:
        raise NotFound(f"There is no node type {type_id!r}.", code="unknown_node_type")
    return found


class _Scheduled(Protocol):
    def next_times(self, rules: Sequence[Any], timezone: str, after: datetime, count: int = 1) -> list[datetime]: ...


def next_schedule_times(rules: Sequence[Any], timezone: str, after: datetime, count: int = 1) -> list[datetime]:
    """When a schedule with these rules is due next (UTC, later than ``after``), earliest first; empty: never again."""
    return cast(_Scheduled, get_node_type("schedule")).next_times(rules, timezone, after, count)


def next_schedule_time(rules: Sequence[Any], timezone: str, after: datetime) -> datetime | None:
    """The first of them; None: never again."""
    return next(iter(next_schedule_times(rules, timezone, after)), None)


def node_type_catalogue() -> list[JsonObject]:
    """All node types as ``GET /api/v1/node-types/`` shows them, sorted by id."""
    return [describe_node_type(found) for _, found in sorted(node_types.items())]


def node_type_icons() -> list[str]:
    """The names of the icons that node types have, each once."""
    return sorted({found.icon for _, found in node_types.items()})


def describe_node_type(node_type: type[NodeType]) -> JsonObject:
    """One entry of the catalogue."""
    can = node_type.capabilities
    return {
        "type": node_type.type,
        "version": node_type.version,
        "name": node_type.display_name,
        "description": node_type.description,
        "category": node_type.group,
        "icon": node_type.icon,
        "color": node_type.color,
        "parameters": [_described_parameter(parameter) for parameter in node_type.parameters],
        "inputs": [_described_port(port) for port in node_type.inputs],
        "outputs": [_described_port(port) for port in node_type.outputs],
        "required_credentials": list(node_type.credential_kinds),
        "capabilities": {
            "supports_retry": can.supports_retry,
            "supports_streaming": can.supports_streaming,
            "supports_batching": can.supports_batching,
            "supports_webhook": can.supports_webhook,
            "side_effect": can.side_effect,
        },
        "inputs_rule": _described_rule(node_type.inputs_rule),
        "outputs_rule": _described_rule(node_type.outputs_rule),
        "summary": node_type.summary,
        "is_trigger": node_type.is_trigger,
        "is_loop": node_type.is_loop,
        "inert": node_type.inert,
        "example": node_type.example,
        "documentation": node_type.documentation,
    }


def _described_parameter(parameter: Parameter) -> JsonObject:
    described: JsonObject = {
        "name": parameter.name,
        "display_name": parameter.display_name,
        "type": parameter.type,
        "required": parameter.required,
        "default_value": parameter.default_value,
        "description": parameter.description,
        "placeholder": parameter.placeholder,
        "options": [_described_option(option) for option in parameter.options],
        "validation": dict(parameter.validation),
        "display_if": {name: list(values) for name, values in parameter.display_if.items()},
        "supports_expressions": parameter.supports_expressions,
    }
    if parameter.fields:
        described["fields"] = [_described_parameter(field) for field in parameter.fields]
    return described


def _described_option(option: Option) -> JsonObject:
    return {"name": option.name, "value": option.value, "description": option.description}


def _described_port(port: Port) -> JsonObject:
    return {"name": port.name, "type": port.type, "description": port.description}


def _described_rule(rule: PortRule | None) -> JsonObject | None:
    return None if rule is None else rule.described()
