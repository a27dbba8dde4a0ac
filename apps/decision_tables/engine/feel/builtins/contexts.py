"""Functions on contexts."""

from __future__ import annotations

from apps.decision_tables.engine.feel.builtins.lists import bounded
from apps.decision_tables.engine.feel.builtins.signatures import ANY, CONTEXT, LIST, TEXT, Builtin, Signature, needs
from apps.decision_tables.engine.feel.values import Value


def _get_value(context: dict[str, Value], key: str) -> Value:
    return context.get(key)


def _get_value_at(context: dict[str, Value], keys: list[Value]) -> Value:
    found: Value = context
    for key in keys:
        found = found.get(key) if isinstance(found, dict) and isinstance(key, str) else None
    return found if keys else None


def _get_entries(context: dict[str, Value]) -> Value:
    return [{"key": key, "value": value} for key, value in context.items()]


def _context(entries: list[Value]) -> Value:
    found: dict[str, Value] = {}
    for entry in entries:
        key = entry.get("key") if isinstance(entry, dict) and "value" in entry else None
        if not isinstance(entry, dict) or not isinstance(key, str) or key in found:
            return None
        found[key] = entry["value"]
    return found


def _put(context: dict[str, Value], key: str, value: Value) -> Value:
    return {**context, key: value}


def _put_at(context: dict[str, Value], keys: list[Value], value: Value) -> Value:
    """The context with a value deep inside replaced or added; null where the way there leads through other things."""
    if not keys or not all(isinstance(key, str) for key in keys):
        return None
    result = dict(context)
    inner = result
    for key in keys[:-1]:
        below = inner.get(str(key))
        if not isinstance(below, dict):
            return None
        inner[str(key)] = inner = dict(below)
    inner[str(keys[-1])] = value
    return result


def _merge(contexts: list[Value]) -> Value:
    merged: dict[str, Value] = {}
    for context in contexts:
        if not isinstance(context, dict):
            return None
        merged.update(context)
    bounded(list(merged))
    return merged


_M = needs("m", CONTEXT, "context")
_CONTEXT = needs("context", CONTEXT)

FUNCTIONS = (
    Builtin(
        "get value",
        Signature(_get_value, _M, needs("key", TEXT)),
        Signature(_get_value_at, _M, needs("keys", LIST)),
    ),
    Builtin("get entries", Signature(_get_entries, _M)),
    Builtin("context", Signature(_context, needs("entries", LIST))),
    Builtin(
        "context put",
        Signature(_put, _CONTEXT, needs("key", TEXT), needs("value", ANY)),
        Signature(_put_at, _CONTEXT, needs("keys", LIST), needs("value", ANY)),
    ),
    Builtin("context merge", Signature(_merge, needs("contexts", LIST))),
)
