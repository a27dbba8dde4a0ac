"""The published JSON Schema of a definition (draft 2020-12), ``schema_version`` 1."""

from __future__ import annotations

from typing import Any

MAX_NODES = 2_000
MAX_CONNECTIONS = 10_000
MAX_ID = 64
MAX_CONCURRENT = 100_000

_SECONDS_OR_NULL = {"type": ["number", "null"], "exclusiveMinimum": 0}
_POSITION = {
    "type": "object",
    "properties": {"x": {"type": "number"}, "y": {"type": "number"}},
    "required": ["x", "y"],
}
_RETRY_PROPERTIES: dict[str, Any] = {
    "enabled": {"type": "boolean", "default": False},
    "max_retries": {"type": "integer", "minimum": 0, "maximum": 20, "default": 3},
    "delay_ms": {"type": "number", "minimum": 0, "maximum": 86_400_000, "default": 1000},
    "exponential_backoff": {"type": "boolean", "default": False},
    "backoff_multiplier": {"type": "number", "minimum": 1, "maximum": 100, "default": 2},
    "max_delay_ms": {"type": "number", "minimum": 0, "maximum": 86_400_000, "default": 10_000},
    "retry_on": {"type": "array", "items": {"type": "string"}, "maxItems": 50},
}
_RETRY = {"type": "object", "properties": _RETRY_PROPERTIES}
NODE = {
    "type": "object",
    "required": ["id", "type"],
    "properties": {
        "id": {"type": "string", "minLength": 1, "maxLength": MAX_ID},
        "type": {"type": "string", "minLength": 1, "maxLength": 100},
        "type_version": {"type": "number"},
        "name": {"type": "string", "minLength": 1, "maxLength": 200},
        "position": _POSITION,
        "parameters": {"type": "object"},
        "credentials": {"type": "object", "additionalProperties": {"type": "string"}},
        "gateway": {"type": ["string", "null"]},
        "style": {
            "type": "object",
            "properties": {
                "color": {"type": "string"},
                "icon": {"type": "string"},
                "width": {"type": "number"},
                "height": {"type": "number"},
            },
        },
        "notes": {"type": "string"},
        "disabled": {"type": "boolean", "default": False},
        "run_if": {"type": "string"},
        "retry": _RETRY,
        "on_doubt": {"enum": ["retry", "stop_and_ask"], "default": "retry"},
        "on_error": {"enum": ["stop", "continue", "error_output"], "default": "stop"},
        "timeout_seconds": _SECONDS_OR_NULL,
        "execute_once": {"type": "boolean", "default": False},
        "always_output_data": {"type": "boolean", "default": False},
        "pinned_data": {"type": ["array", "null"], "items": {"type": "object"}},
    },
}
CONNECTION = {
    "type": "object",
    "required": ["source", "target"],
    "properties": {
        "source": {"type": "string", "maxLength": MAX_ID},
        "source_output": {"type": "string", "maxLength": 100, "default": "main"},
        "target": {"type": "string", "maxLength": MAX_ID},
        "target_input": {"type": "string", "maxLength": 100, "default": "main"},
        "type": {"enum": ["main", "error", "success", "conditional"], "default": "main"},
    },
}
SETTINGS = {
    "type": "object",
    "properties": {
        "error_workflow": {"type": ["string", "null"]},
        "timeout_seconds": _SECONDS_OR_NULL,
        "timezone": {"type": "string"},
        "save_progress": {"enum": ["side_effects", "every_node", "none"], "default": "side_effects"},
        "save_success": {"type": "boolean", "default": True},
        "save_error": {"type": "boolean", "default": True},
        "save_manual": {"type": "boolean", "default": True},
        "execution_mode": {"enum": ["sequential", "parallel", "smart"], "default": "sequential"},
        "single_run": {"type": "boolean", "default": False},
        "max_concurrent_executions": {"type": "integer", "minimum": 0, "maximum": MAX_CONCURRENT, "default": 0},
        "on_limit": {"enum": ["queue", "reject", "cancel_oldest"], "default": "queue"},
        "concurrency_key": {"type": ["string", "null"], "maxLength": 2_000},
        "retry": {
            "type": "object",
            "properties": {name: _RETRY_PROPERTIES[name] for name in ("enabled", "max_retries", "delay_ms")},
        },
        "priority": {"enum": ["critical", "high", "normal", "low"], "default": "normal"},
        "require_tests": {"type": "boolean", "default": True},
        "retention_days": {"type": ["integer", "null"], "minimum": 1},
    },
}
DEFINITION_SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Exprsn workflow definition",
    "type": "object",
    "required": ["nodes", "connections"],
    "properties": {
        "schema_version": {"const": 1},
        "nodes": {"type": "array", "maxItems": MAX_NODES, "items": NODE},
        "connections": {"type": "array", "maxItems": MAX_CONNECTIONS, "items": CONNECTION},
        "variables": {"type": "object"},
        "settings": SETTINGS,
    },
}
