from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from apps.workflows.interchange.importing import detect_format, import_documents
from apps.workflows.interchange.own_format import export_document, import_own, workflow_name
from exprsn.kernel.errors import InvalidInput

DEFINITION = {
    "schema_version": 1,
    "nodes": [
        {"id": "a", "type": "http_request", "name": "Call", "credentials": {"bearer": "c1"},
         "parameters": {"url": "={{ $json.url }}"}},
        {"id": "b", "type": "placeholder", "name": "Old",
         "parameters": {"original_type": "x.y", "reason": "Why"}},
        {"id": "c", "type": "sticky_note", "name": "Note", "parameters": {}},
    ],
    "connections": [{"source": "a", "target": "b"}],
    "variables": {"v": 1},
    "settings": {"timezone": "UTC"},
}  # fmt: skip


def export(**more: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "name": "Calls",
        "description": "About",
        "definition": DEFINITION,
        "settings": {"priority": "high"},
        "exported_at": datetime(2026, 1, 2, tzinfo=UTC),
        "credential_names": {"c1": "Token"},
        **more,
    }
    return export_document(**given)


def test_a_definition_by_itself_is_an_export_of_ours_too() -> None:
    assert detect_format(DEFINITION) == "exprsn"
    (outcome,) = import_documents({"name": "By itself", **DEFINITION})
    assert (outcome.name, outcome.definition, outcome.settings) == ("By itself", DEFINITION, {"timezone": "UTC"})
    assert outcome.report.nodes == 2
    assert import_documents(DEFINITION)[0].name == "Imported workflow"


def test_an_export_names_credentials_and_keeps_none() -> None:
    document = export()
    assert {key: document[key] for key in ("format", "version", "name", "description", "exported_at")} == {
        "format": "exprsn-workflow",
        "version": "1.0",
        "name": "Calls",
        "description": "About",
        "exported_at": "2026-01-02T00:00:00+00:00",
    }
    assert document["definition"]["nodes"][0]["credentials"] == {}
    assert document["credentials"] == [{"node": "a", "kind": "bearer", "name": "Token"}]
    assert DEFINITION["nodes"][0]["credentials"] == {"bearer": "c1"}  # type: ignore[index]


def test_an_export_without_the_moment_is_stable() -> None:
    assert "exported_at" not in export(exported_at=None)
    assert export(exported_at=None) == export(exported_at=None)


def test_what_was_exported_can_be_imported() -> None:
    assert detect_format(export()) == "exprsn"
    (outcome,) = import_documents(export())
    assert (outcome.name, outcome.description, outcome.settings) == ("Calls", "About", {"priority": "high"})
    assert outcome.definition == export()["definition"]
    assert outcome.report.to_data() == {
        "source": "exprsn",
        "nodes": 2,
        "nodes_converted": 1,
        "placeholders": [{"node": "Old", "type": "x.y", "reason": "Why"}],
        "expressions": 1,
        "expressions_supported": 1,
        "credentials_needed": [{"node": "a", "kind": "bearer", "name": "Token"}],
        "warnings": [],
    }


def test_missing_parts_are_filled() -> None:
    outcome = import_own({"format": "exprsn-workflow", "version": "1.3", "definition": {"nodes": []}})
    assert outcome.name == "Imported workflow"
    assert outcome.definition == {
        "schema_version": 1, "connections": [], "variables": {}, "settings": {}, "nodes": []
    }  # fmt: skip


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"format": "other"}, "not an export of this product"),
        (
            {"format": "exprsn-workflow", "version": "2.0"},
            "has the version '2.0'; this installation reads 1.x",
        ),
        ({"format": "exprsn-workflow", "version": "1.0"}, "no definition with a list of nodes"),
        (
            {"format": "exprsn-workflow", "version": "1.0", "definition": {"nodes": [5]}},
            "no definition with a list of nodes",
        ),
    ],
)
def test_what_is_no_export_is_refused(data: Any, message: str) -> None:
    with pytest.raises(InvalidInput, match=message) as refused:
        import_own(data)
    assert refused.value.code == "import_not_recognized"


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("  a \n b ", "a b"),
        ("x", "Imported workflow"),
        (None, "Imported workflow"),
        (42, "42"),
        ("n" * 120, "n" * 100),
    ],
)
def test_names_are_made_fit(given: Any, name: str) -> None:
    assert workflow_name(given) == name
