"""Tables as JSON files of our own: the document with the name, the label and the application of the table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from apps.core.public import loads_untrusted
from apps.decision_tables.contracts import DOCUMENT_MEMBERS, SCHEMA_VERSION
from apps.decision_tables.interchange.outcome import ReadTable
from exprsn.kernel.errors import InvalidInput

FORMAT = "exprsn-decision-table"
_TEXTS = ("name", "label", "description", "application")
# Members of a table as the API gives it, which a file may hold and which mean nothing in it.
_IGNORED = frozenset({
    "format", "id", "organization", "rule_count", "version", "published_version", "created_by", "updated_by",
    "created_at", "updated_at", *_TEXTS,
})  # fmt: skip


def read_json(data: bytes) -> Sequence[ReadTable]:
    """The table of a file: our export, a table as the API gives it, or a bare document."""
    value = loads_untrusted(data, refuse_nul=True)
    if not isinstance(value, dict):
        raise _unknown("The file must hold a JSON object.")
    document = value.get("table", value)
    if not isinstance(document, dict) or not {"rules", "input_columns", "output_columns"} & set(document):
        raise _unknown("The file holds no decision table: it has no columns and no rules.")
    known = {"schema_version", *DOCUMENT_MEMBERS}
    kept = {name: member for name, member in document.items() if name in known}
    report = [
        {"severity": "warning", "place": name, "message": "This member is not known and was left out."}
        for name in document
        if name not in known | (_IGNORED if document is value else set())
    ]
    texts = {name: value[name] for name in _TEXTS if isinstance(value.get(name), str)}
    return [ReadTable(kept, report, **texts)]


def write_json(document: Mapping[str, Any], name: str, label: str, application: str = "") -> bytes:
    """The file of a table, readable and stable: the same table gives the same bytes."""
    kept = {member: document[member] for member in DOCUMENT_MEMBERS if member in document}
    grouped = {"application": application} if application else {}
    table = {"schema_version": SCHEMA_VERSION, **kept}
    file = {"format": FORMAT, "name": name, "label": label, **grouped, "table": table}
    return json.dumps(file, indent=2, ensure_ascii=False).encode() + b"\n"


def _unknown(message: str) -> InvalidInput:
    return InvalidInput(message, code="import_not_recognized")
