"""Own n8n exports, written for these tests, and helpers to read what became of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import apps.workflows.nodes  # noqa: F401 - registers the node types
from apps.workflows.interchange.importing import import_documents
from apps.workflows.interchange.outcome import ImportOutcome

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def load() -> Callable[[str], Any]:
    """The content of a fixture file."""
    return lambda name: json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))


def n8n_node(type_id: str, parameters: Any = None, version: Any = 1, **more: Any) -> dict[str, Any]:
    return {
        "id": "n1",
        "name": "Node",
        "type": f"n8n-nodes-base.{type_id}",
        "typeVersion": version,
        "position": [0, 0],
        "parameters": parameters or {},
        **more,
    }


@pytest.fixture
def convert() -> Callable[..., ImportOutcome]:
    """The outcome for one node in a workflow of its own."""

    def converted(*arguments: Any, **more: Any) -> ImportOutcome:
        return import_documents({"nodes": [n8n_node(*arguments, **more)], "connections": {}})[0]

    return converted


@pytest.fixture
def parameters(convert: Any) -> Callable[..., Any]:
    """The parameters of one converted node; a placeholder's reason when it was not converted."""

    def of(*arguments: Any, **more: Any) -> Any:
        node = convert(*arguments, **more).definition["nodes"][0]
        return node["parameters"]["reason"] if node["type"] == "placeholder" else node["parameters"]

    return of
