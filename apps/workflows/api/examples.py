"""Examples for the OpenAPI document. A test carries each of them out."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

_DEFINITION: dict[str, Any] = {
    "schema_version": 1,
    "nodes": [
        {
            "id": "start",
            "type": "manual",
            "type_version": 1,
            "name": "Start",
            "position": {"x": 0, "y": 0},
            "parameters": {},
        },
        {
            "id": "called",
            "type": "webhook",
            "type_version": 1,
            "name": "Called",
            "position": {"x": 0, "y": 160},
            "parameters": {"path": "greetings"},
        },
        {
            "id": "greet",
            "type": "set",
            "type_version": 1,
            "name": "Greet",
            "position": {"x": 240, "y": 0},
            "parameters": {
                "assignments": [{"name": "greeting", "type": "string", "value": "=Hello {{ $json.name }}!"}]
            },
        },
    ],
    "connections": [
        {"source": "start", "source_output": "main", "target": "greet", "target_input": "main"},
        {"source": "called", "source_output": "main", "target": "greet", "target_input": "main"},
    ],
    "variables": {},
    "settings": {"timezone": "Europe/Berlin"},
}


def _request(name: str, value: dict[str, Any]) -> OpenApiExample:
    return OpenApiExample(name, value, request_only=True)


WORKFLOW_NEW = _request("A greeting", {"name": "Greeting", "definition": _DEFINITION})
WORKFLOW_CHANGE = _request("Name and tags", {"name": "Greeting of guests", "tags": ["guests"]})
DEFINITION = _request("The whole definition", {"definition": _DEFINITION, "message": "Greets by name"})
PUBLISH = _request("The current version", {"message": "Greets by name"})
EXECUTE = _request("One item, and wait for the end", {"trigger_data": {"name": "Ada"}, "wait": True})
EXECUTE_UP_TO = _request("Nothing after one node", {"trigger_data": {"name": "Ada"}, "end_node": "start"})
TEST_PART = _request("Up to one node", {"test_data": {"name": "Ada"}, "end_node": "start"})
TEST = _request("Two items", {"test_data": [{"name": "Ada"}, {"name": "Grace"}]})
LISTEN = _request("The first webhook", {"trigger_node": ""})
RETRY = _request("From the start, as it was", {"use_newest_version": False, "from_failed_node": False})
RESUME = _request("In doubt: it was done", {"decision": "done", "output": [{"json": {"paid": True}}]})
RETRIES = _request("What failed today", {"filter": {"since": "2026-05-04T00:00:00Z"}, "from": "failed"})
REPLAY = _request("On the draft", {"version": "draft"})
IMPORT = _request(
    "An export of ours",
    {"format": "exprsn-workflow", "version": "1.0", "name": "Greeting", "description": "", "definition": _DEFINITION},
)
DECIDE = _request("Approve", {"decision": "approve", "comment": "Fine with me."})
USE_TEMPLATE = _request("Under a name of its own", {"name": "Orders of the shop"})
CONVERT = _request(
    "What n8n copies",
    {
        "nodes": [{"name": "Stop", "type": "n8n-nodes-base.noOp", "position": [0, 0], "parameters": {}}],
        "connections": {},
    },
)
