"""What reading a file gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Document = dict[str, Any]
# ``{severity, place, message}`` of each thing that could not be kept.
Report = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class ReadTable:
    """One table of a file. What the file does not say of it is empty."""

    document: Document
    report: Report = field(default_factory=list)
    name: str = ""
    label: str = ""
    description: str = ""
    application: str = ""
