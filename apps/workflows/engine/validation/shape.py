"""Whether a document has the shape of a definition at all."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import jsonschema_rs

from apps.workflows.engine.validation.faults import Fault
from apps.workflows.engine.validation.schema import DEFINITION_SCHEMA

MAX_DEPTH = 100
MAX_FAULTS = 50
MAX_MESSAGE = 300


@lru_cache(maxsize=1)
def _validator() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(DEFINITION_SCHEMA)


def shape_faults(document: Any) -> list[Fault]:
    """What is wrong with the shape; empty when nothing is. Never raises."""
    if too_deep(document):
        return [_fault("definition", "too_deep", f"Nested deeper than {MAX_DEPTH} levels.")]
    faults: list[Fault] = []
    try:
        for error in _validator().iter_errors(document):
            path = "definition" + "".join(
                f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.instance_path
            )
            faults.append(_fault(path, "wrong_shape", str(error.message)[:MAX_MESSAGE]))
            if len(faults) == MAX_FAULTS:
                break
    except (ValueError, TypeError, UnicodeError) as error:
        return [_fault("definition", "wrong_shape", f"Not a JSON document: {error}"[:MAX_MESSAGE])]
    return faults


def _fault(path: str, code: str, message: str) -> Fault:
    return Fault(path, code, message, is_structural=True)


def too_deep(value: Any, limit: int = MAX_DEPTH) -> bool:
    """Whether a value is nested deeper than ``limit`` levels; looks level by level, so depth costs no stack."""
    level = [value]
    for _ in range(limit + 1):
        level = [
            member
            for entry in level
            if isinstance(entry, dict | list)
            for member in (entry.values() if isinstance(entry, dict) else entry)
            if isinstance(member, dict | list)
        ]
        if not level:
            return False
    return True
