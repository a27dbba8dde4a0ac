"""Whether a value fits its place in a definition, by the definition's own schema."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import jsonschema_rs

from apps.collaboration.contracts import Path, Unfit
from apps.workflows.engine.validation.schema import CONNECTION, NODE, SETTINGS
from apps.workflows.engine.validation.shape import MAX_MESSAGE
from exprsn.kernel.jsonvalue import is_deeper_than

# With the longest path in front a document stays within the depth that may be saved.
MAX_VALUE_DEPTH = 80
_SCHEMAS: Mapping[str, Any] = {"node": NODE, "connection": CONNECTION}
_MEMBERS: Mapping[str, Any] = {"node": NODE["properties"], "settings": SETTINGS["properties"]}


def require_path(path: Path, root: str, shortest: int, longest: int | None = None) -> None:
    """Refuse a path that does not begin with ``root`` or has too few or too many parts."""
    most = shortest if longest is None else longest
    if not (shortest <= len(path) <= most and path[0] == root and all(path[:2])):
        wanted = f"{shortest}" if most == shortest else f"{shortest} to {most}"
        raise Unfit(f'The path must be "{root}" and what follows, {wanted} parts in all.', code="invalid_path")


def require_depth(value: Any) -> None:
    """Refuse a value that is nested too deeply."""
    if is_deeper_than(value, MAX_VALUE_DEPTH):
        raise Unfit(f"The value is nested deeper than {MAX_VALUE_DEPTH} levels.", code="json_too_deep", place="new")


def require_shape(kind: str, value: Any) -> None:
    """Refuse what is no whole node, or no connection."""
    require_depth(value)
    _require(_validator(kind), value)


def require_member(kind: str, name: str, value: Any) -> None:
    """Refuse a value that this field of a node, or this setting, cannot have."""
    require_depth(value)
    if name in _MEMBERS[kind]:
        _require(_member_validator(kind, name), value)


def _require(validator: jsonschema_rs.Draft202012Validator, value: Any) -> None:
    try:
        fault = next(iter(validator.iter_errors(value)), None)
    except (ValueError, TypeError, UnicodeError) as error:
        raise Unfit(f"Not a JSON value: {error}"[:MAX_MESSAGE], code="invalid_value", place="new") from None
    if fault is not None:
        place = ".".join(str(part) for part in fault.instance_path)
        message = f"{place}: {fault.message}" if place else str(fault.message)
        raise Unfit(message[:MAX_MESSAGE], code="invalid_value", place="new")


@lru_cache(maxsize=len(_SCHEMAS))
def _validator(kind: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(_SCHEMAS[kind])


@lru_cache(maxsize=64)
def _member_validator(kind: str, name: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(_MEMBERS[kind][name])
