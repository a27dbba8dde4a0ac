"""n8n's nodes of calling, being called and errors: what they become, and that the result runs."""

from __future__ import annotations

from typing import Any

import pytest


def fields(*names: str) -> dict[str, Any]:
    return {"input_mode": "fields", "fields": [{"name": name} for name in names]}


@pytest.mark.parametrize(
    ("type_id", "given", "version", "expected"),
    [
        ("errorTrigger", {}, 1, {}),
        ("executeWorkflowTrigger", {}, 1, {"input_mode": "all"}),
        ("executeWorkflowTrigger", {"inputSource": "passthrough"}, 1.1, {"input_mode": "all"}),
        ("executeWorkflowTrigger", {}, 1.1, {"input_mode": "all"}),
        (
            "executeWorkflowTrigger",
            {"workflowInputs": {"values": [{"name": "a", "type": "array"}, {"name": "b"}, {"name": "a"}, None, {}]}},
            1.1,
            fields("a", "b"),
        ),
        (
            "executeWorkflowTrigger",
            {"inputSource": "jsonExample", "jsonExample": '{"x": 1, "y": 2}'},
            1.1,
            fields("x", "y"),
        ),
        ("executeWorkflowTrigger", {"inputSource": "jsonExample", "jsonExample": "{no"}, 1.1, {"input_mode": "all"}),
        ("executeWorkflow", {"workflowId": "7"}, 1, {"workflow": "7", "mode": "once", "wait": True}),
        (
            "executeWorkflow",
            {
                "workflowId": {"__rl": True, "mode": "list", "value": "abc"},
                "mode": "each",
                "options": {"waitForSubWorkflow": False},
                "workflowInputs": {"mappingMode": "defineBelow", "value": {"n": "={{ $json.n }}"}, "schema": []},
            },
            1.2,
            {"workflow": "abc", "mode": "each", "wait": False, "inputs": {"n": "={{ $json.n }}"}},
        ),
        (
            "executeWorkflow",
            {"workflowId": "7", "workflowInputs": {"mappingMode": "autoMapInputData", "value": {"n": 1}}},
            1.2,
            {"workflow": "7", "mode": "once", "wait": True},
        ),
        (
            "executeWorkflow",
            {"source": "url", "workflowUrl": "https://x"},
            1,
            "The called workflow is not one of the installation's; import it by itself and choose it.",
        ),
    ],
)
def test_parameters(parameters: Any, type_id: str, given: Any, version: float, expected: Any) -> None:
    found = parameters(type_id, given, version)
    assert (found[: len(expected)] if isinstance(expected, str) else found) == expected


@pytest.mark.parametrize(("called", "warned"), [("abc", True), ("={{ $workflow.id }}", False)])
def test_a_workflow_of_another_installation_has_to_be_chosen_again(convert: Any, called: str, warned: bool) -> None:
    warnings = convert("executeWorkflow", {"workflowId": called}, 1.1).report.warnings
    assert any("choose that one again" in warning for warning in warnings) is warned
