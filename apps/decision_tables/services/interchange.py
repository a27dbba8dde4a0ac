"""Importing tables from files, and exporting them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, require
from apps.decision_tables.access import TableKey, get_table
from apps.decision_tables.contracts import DRAFT
from apps.decision_tables.interchange.formats import FORMATS, Format, format_of_file
from apps.decision_tables.interchange.outcome import ReadTable
from apps.decision_tables.models import DecisionTable
from apps.decision_tables.models.table import MAX_NAME
from apps.decision_tables.services.announcing import record
from apps.decision_tables.services.choosing import VersionKey, document_of
from apps.decision_tables.services.documents import MAX_BYTES
from apps.decision_tables.services.tables import create_table, free_name, save_document
from exprsn.kernel.errors import InvalidInput, TooLarge

MAX_TABLES = 100
_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_APPLICATION = re.compile(r"[-a-zA-Z0-9_]{1,100}")


@dataclass(frozen=True, slots=True)
class Imported:
    """A table that was made or replaced, and what of its file could not be kept."""

    table: DecisionTable
    report: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Exported:
    """A file."""

    content: bytes
    media_type: str
    file_name: str


def import_tables(
    *,
    actor: Actor,
    content: bytes,
    format_name: str = "",
    file_name: str = "",
    name: str = "",
    label: str = "",
    table: TableKey | None = None,
) -> list[Imported]:
    """Make a table of every one in the file, all or nothing; with ``table`` replace its draft by the only one.

    Refused with ``unknown_format``, ``file_too_large``, ``import_not_recognized`` and, by path, ``table_invalid``.
    """
    require(actor, Permission.WRITE)
    if len(content) > MAX_BYTES:
        raise TooLarge(f"A file may have at most {MAX_BYTES} bytes.", code="file_too_large")
    chosen = _format(format_name or format_of_file(file_name) or "")
    found = chosen.read(content)
    if not 0 < len(found) <= MAX_TABLES:
        message = f"The file must hold 1 to {MAX_TABLES} decision tables, and it has {len(found)}."
        raise InvalidInput(message, code="import_not_recognized")
    if (table is not None or name) and len(found) > 1:
        message = f"The file holds {len(found)} tables: {_names(found)}. Import it without naming one table."
        raise InvalidInput(message, code="several_tables")
    with transaction.atomic():
        if table is not None:
            return [_replaced(actor, table, found[0])]
        stem = file_name.rpartition("/")[2].rpartition(".")[0]
        return [_made(actor, each, name, label, stem) for each in found]


def export_table(*, actor: Actor, table: TableKey, format_name: str, version: VersionKey = DRAFT) -> Exported:
    """The file of a table in one of its versions."""
    row = get_table(actor, table, Permission.READ)
    chosen = _format(format_name)
    content = chosen.write(document_of(row, version), row.name, row.label, row.application)
    return Exported(content, chosen.media_type, f"{row.name}.{chosen.extension}")


def _format(name: str) -> Format:
    if name not in FORMATS:
        offered = ", ".join(FORMATS)
        message = f"Say which format the file has: {offered}."
        raise InvalidInput(message, code="unknown_format", errors={"format": [f"One of: {offered}."]})
    return FORMATS[name]


def _made(actor: Actor, found: ReadTable, name: str, label: str, stem: str) -> Imported:
    shown = label or found.label or found.name or stem or name
    wanted = found.name if _NAME.fullmatch(found.name) and len(found.name) <= MAX_NAME else shown
    row = create_table(
        actor=actor,
        document=found.document,
        name=name or free_name(actor.organization_id, wanted),
        label=shown[:200],
        description=found.description[:1000],
        application=found.application if _APPLICATION.fullmatch(found.application) else "",
    )
    record(actor, "imported", row)
    return Imported(row, [*found.report, *_unusable(found)])


def _unusable(found: ReadTable) -> Sequence[Mapping[str, Any]]:
    if not found.application or _APPLICATION.fullmatch(found.application):
        return []
    message = "The application was left out: its name has letters, digits, - and _, at most 100 of them."
    return [{"severity": "warning", "place": "application", "message": message}]


def _replaced(actor: Actor, table: TableKey, found: ReadTable) -> Imported:
    row = save_document(actor=actor, table=table, document=found.document)
    record(actor, "imported", row)
    return Imported(row, found.report)


def _names(found: Sequence[ReadTable]) -> str:
    listed = ", ".join(each.name or each.label for each in found[:10])
    return listed if len(found) <= 10 else f"{listed}, …"
