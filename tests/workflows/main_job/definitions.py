"""Definitions that tests of the main job share."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from tests.people import Person


def chain(*steps: tuple[str, str, dict[str, Any]], **more: Any) -> dict[str, Any]:
    """``(id, type, parameters)`` one after the other."""
    names = [name for name, _, _ in steps]
    return {
        "schema_version": 1,
        "nodes": [
            {"id": i, "type": t, "name": i, "position": {"x": 200 * at, "y": 0}, "parameters": p}
            for at, (i, t, p) in enumerate(steps)
        ],
        "connections": [{"source": a, "target": b} for a, b in pairwise(names)],
        "variables": {},
        "settings": {},
        **more,
    }


def hook(path: str, **parameters: Any) -> tuple[str, str, dict[str, Any]]:
    """A webhook trigger."""
    return "hook", "webhook", {"path": path, "methods": ["POST"], "response_mode": "last_node", **parameters}


def fields(name: str, **values: Any) -> tuple[str, str, dict[str, Any]]:
    """A set node that keeps nothing else."""
    assignments = [{"name": field, "type": "string", "value": value} for field, value in values.items()]
    return name, "set", {"mode": "manual", "include": "none", "assignments": assignments}


MANUAL: tuple[str, str, dict[str, Any]] = ("start", "manual", {})


def create(person: Person, definition: dict[str, Any], name: str = "Demo") -> dict[str, Any]:
    """A workflow over the API."""
    answer = person.api.post("/api/v1/workflows/", {"name": name, "definition": definition}, format="json")
    assert answer.status_code == 201, answer.json()
    made: dict[str, Any] = answer.json()
    return made


def go_live(person: Person, definition: dict[str, Any], name: str = "Demo") -> dict[str, Any]:
    """A published and active workflow."""
    made = create(person, definition, name)
    for verb in ("publish", "activate"):
        answer = person.api.post(f"/api/v1/workflows/{made['id']}/{verb}/", {}, format="json")
        assert answer.status_code == 200, answer.json()
    return made
