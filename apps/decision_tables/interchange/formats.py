"""The file formats that tables are read from and written to, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.decision_tables.interchange.csv_text import read_csv, write_csv
from apps.decision_tables.interchange.dmn.tables import read_dmn, write_dmn
from apps.decision_tables.interchange.json_text import read_json, write_json
from apps.decision_tables.interchange.outcome import ReadTable
from apps.decision_tables.interchange.xlsx import read_xlsx, write_xlsx


@dataclass(frozen=True, slots=True)
class Format:
    """``read(bytes)`` gives the tables of a file, ``write(document, name, label, application)`` the file of one."""

    media_type: str
    extension: str
    read: Callable[[bytes], Sequence[ReadTable]]
    write: Callable[[Mapping[str, Any], str, str, str], bytes]


FORMATS: Mapping[str, Format] = {
    "json": Format("application/json", "json", read_json, write_json),
    "dmn": Format("application/xml", "dmn", read_dmn, write_dmn),
    "csv": Format("text/csv; charset=utf-8", "csv", read_csv, write_csv),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", read_xlsx, write_xlsx),
}
# Endings that say a format too.
OTHER_ENDINGS = {"xml": "dmn"}


def format_of_file(name: str) -> str | None:
    """The format that a file's name says, if any."""
    ending = name.rpartition(".")[2].lower()
    found = next((key for key, each in FORMATS.items() if ending == each.extension), None)
    return found or OTHER_ENDINGS.get(ending)
