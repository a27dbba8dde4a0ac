"""All public exports of the corpus can be imported. They stay outside of the repository."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import apps.workflows.nodes  # noqa: F401 - registers the node types
from apps.workflows.engine.validation.document import validate
from apps.workflows.interchange.importing import import_documents
from apps.workflows.registry import find_node_type

CORPORA = os.environ.get("EXPRSN_CORPORA", "")
FILES = sorted(path for path in Path(CORPORA, "n8n").glob("*.json") if path.name != "INDEX.json") if CORPORA else []

pytestmark = pytest.mark.skipif(not FILES, reason="EXPRSN_CORPORA names no folder with n8n exports")


def test_every_file_is_imported_and_every_node_is_kept() -> None:
    nodes = converted = expressions = supported = 0
    for path in FILES:
        data = json.loads(path.read_text(encoding="utf-8"))
        (outcome,) = import_documents(data)
        report = outcome.report
        assert report.nodes == report.nodes_converted + len(report.placeholders), path.name
        kept = [node["parameters"] for node in outcome.definition["nodes"] if node["type"] == "placeholder"]
        assert len(kept) == len(report.placeholders)
        assert all(parameters["original"]["type"] for parameters in kept)
        assert len(outcome.definition["nodes"]) == len(data["nodes"])
        nodes += report.nodes
        converted += report.nodes_converted
        expressions += report.expressions
        supported += report.expressions_supported
    print(f"\n{len(FILES)} files, {nodes} nodes, {converted / nodes:.1%} converted, "
          f"{expressions} expressions, {supported / expressions:.1%} supported")  # fmt: skip
    assert converted / nodes >= 0.46
    assert supported / expressions >= 0.95


def test_the_definitions_have_no_structural_fault() -> None:
    for path in FILES:
        (outcome,) = import_documents(json.loads(path.read_text(encoding="utf-8")))
        faults = validate(outcome.definition, find_node_type)
        codes = {fault.code for fault in faults if fault.severity == "error"}
        allowed = {
            "no_trigger",
            "unreachable",
            "cycle_without_loop",
            "expression_unsupported",
            "invalid_parameter",
        }
        assert codes <= allowed, (path.name, codes - allowed)
