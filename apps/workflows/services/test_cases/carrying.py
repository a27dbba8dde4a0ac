"""Tests that go where their workflow goes: into its copies, its export, and out of a file again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from apps.accounts.contracts import Actor
from apps.workflows.models import Workflow
from apps.workflows.services.test_cases.storing import MAX_TESTS, NAMED, VALUED, add_test, tests_of
from exprsn.kernel.errors import DomainError
from exprsn.kernel.jsonvalue import JsonObject


def tests_as_data(workflow: Workflow) -> list[JsonObject]:
    """The tests of a workflow as its export has them, in their order."""
    return [
        {"name": test.name, "description": test.description, "trigger_node": test.trigger_node, **test.value}
        for test in tests_of(workflow)[:MAX_TESTS]
    ]


def add_tests(workflow: Workflow, actor: Actor, given: Iterable[Any]) -> list[str]:
    """Tests from such data, in the caller's transaction; what cannot be kept is left out, and told in words."""
    refused = []
    for number, data in enumerate(given, start=1):
        if number > MAX_TESTS:
            refused.append(f"Only the first {MAX_TESTS} tests were taken.")
            break
        name = str(data.get("name") or f"Test {number}")[:200] if isinstance(data, dict) else f"Test {number}"
        try:
            add_test(workflow, actor, _fields(data, name))
        except DomainError as error:
            refused.append(f"The test “{name}” was left out: {error.message}")
    return refused


def _fields(data: Any, name: str) -> JsonObject:
    given: JsonObject = data if isinstance(data, dict) else {}
    texts = {key: str(given.get(key) or "") for key in NAMED if key not in {"name", "position"}}
    texts = {"description": texts["description"][:500], "trigger_node": texts["trigger_node"][:64]}
    return {"name": name, **texts, **{key: given[key] for key in VALUED if key in given}}
