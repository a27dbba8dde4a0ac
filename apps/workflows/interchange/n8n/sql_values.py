"""Values of n8n's SQL nodes, and SQL of theirs that is not fixed."""

from __future__ import annotations

import re
from typing import Any

from apps.workflows.interchange.n8n.reading import Unmapped, is_expression

_BLOCK = r"\{\{(?:[^}]|\}(?!\}))*\}\}"
# A block where a name would stand.
_NAMES = re.compile(r"(?:\b(?:from|join|into|update|table|by)\s+|[.\"`\w])\x00|\"[^\"\x00]*\x00", re.IGNORECASE)
_FORMATS = re.compile(r"\$\d+(?::(?!:)|[~^#])|\$\{|\$[({\[<]")
_PIECE = re.compile(rf"(?:{_BLOCK}|[^,])+")


def refuse_dynamic_sql(query: str) -> None:
    """Raise ``Unmapped`` for SQL of which an expression is more than a value."""
    text = query.removeprefix("=").strip()
    if text.startswith("{{"):
        raise Unmapped("The SQL itself comes from an expression; only values can.")
    # Within quotes an expression is always a value.
    outside = re.sub(r"'[^']*'", "''", re.sub(_BLOCK, "\x00", text))
    if is_expression(query) and _NAMES.search(outside):
        raise Unmapped("A name in the SQL comes from an expression; only values can.")
    if _FORMATS.search(outside):
        raise Unmapped("Values that become names or parts of the SQL ($1:name and their like) are not supported.")


def query_values(given: Any) -> Any:
    """The values for ``$1``, ``$2``: n8n writes them with commas, or as one expression that gives a list."""
    if given is None or given == "":
        return []
    if isinstance(given, list):
        return given
    text = str(given)
    if not is_expression(text):
        return [piece.strip() for piece in text.removeprefix("=").split(",")]
    body = text.removeprefix("=").strip()
    if re.fullmatch(_BLOCK, body):
        return f"={body}"
    pieces = [piece.strip() for piece in _PIECE.findall(body)]
    return [f"={piece}" if "{{" in piece else piece for piece in pieces if piece]
