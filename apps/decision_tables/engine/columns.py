"""The words and limits of tables: types, operators, policies, names."""

from __future__ import annotations

import re
from collections.abc import Mapping

SCHEMA_VERSION = 1
MAX_RULES = 10_000
MAX_COLUMNS = 100
MAX_CELL = 10_000
MAX_CONDITIONS_PER_CELL = 100
MAX_NAME = 100
MAX_RULE_ID = 64
MAX_DEPTH = 20

TYPES = ("string", "number", "boolean", "date", "datetime", "time", "duration", "list", "any")
HIT_POLICIES = ("FIRST", "UNIQUE", "PRIORITY", "ANY", "COLLECT", "RULE_ORDER", "OUTPUT_ORDER")
MULTIPLE = frozenset({"COLLECT", "RULE_ORDER", "OUTPUT_ORDER"})
AGGREGATIONS = ("list", "sum", "min", "max", "count")

ORDERING = frozenset({">", ">=", "<", "<="})
RANGES = frozenset({"between", "notBetween"})
LISTS = frozenset({"in", "notIn"})
EMPTINESS = frozenset({"isEmpty", "isNotEmpty"})
TEXTUAL = frozenset({"contains", "startsWith", "endsWith", "matches"})
OPERATORS = (
    "==",
    "!=",
    ">",
    ">=",
    "<",
    "<=",
    "contains",
    "startsWith",
    "endsWith",
    "in",
    "notIn",
    "between",
    "notBetween",
    "matches",
    "isEmpty",
    "isNotEmpty",
)

_ALWAYS = frozenset({"==", "!="}) | EMPTINESS
_ORDERED = _ALWAYS | LISTS | ORDERING | RANGES

OPERATORS_OF: Mapping[str, frozenset[str]] = {
    "string": _ORDERED | TEXTUAL,
    "number": _ORDERED,
    "boolean": _ALWAYS | LISTS,
    "date": _ORDERED,
    "datetime": _ORDERED,
    "time": _ORDERED,
    "duration": _ORDERED,
    "list": _ALWAYS | {"contains"},
    "any": _ORDERED | TEXTUAL,
}

_NAME = re.compile(r"[^\W\d](?:[\w .\-]*\w)?", re.UNICODE)


def is_name(text: str) -> bool:
    """Whether a column can be called so: a letter or ``_``, then letters, digits, spaces, ``_``, ``-``, ``.``."""
    return len(text) <= MAX_NAME and _NAME.fullmatch(text) is not None
