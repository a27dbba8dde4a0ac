"""One thing that is wrong with a definition, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """``path`` such as ``definition.nodes[3].parameters.url``; ``severity`` is ``error`` or ``warning``.

    ``is_structural`` faults make it impossible to say what would run.
    """

    path: str
    code: str
    message: str
    severity: str = "error"
    node_id: str = ""
    line: int | None = None
    column: int | None = None
    is_structural: bool = False

    def to_data(self) -> dict[str, Any]:
        """The fault as JSON."""
        data: dict[str, Any] = {
            "path": self.path,
            "code": self.code,
            "message": self.message,
            "severity": self.severity,
        }
        if self.node_id:
            data["node_id"] = self.node_id
        if self.line is not None:
            data |= {"line": self.line, "column": self.column}
        return data
