"""The wrappers that workflow files come in."""

from __future__ import annotations

from typing import Any

from apps.workflows.interchange.own_format import is_own

BUNDLE_KEYS = ("workflows", "items")
WRAPPER_KEYS = ("workflow", "data", "template")
MAX_WRAPPERS = 5


def unwrapped(data: Any) -> Any:
    """What is inside of ``{workflow: …}``, ``{data: …}``, ``{template: …}`` and lists of one."""
    for _ in range(MAX_WRAPPERS):
        if isinstance(data, list) and len(data) == 1:
            data = data[0]
        elif isinstance(data, dict) and "nodes" not in data and not is_own(data):
            inner = next((data[key] for key in WRAPPER_KEYS if isinstance(data.get(key), dict | list)), None)
            if inner is None:
                break
            data = inner
        else:
            break
    return data


def bundled(data: Any) -> list[Any] | None:
    """The workflows of a bundle: a list of them, or an object with one; None when it is no bundle."""
    if isinstance(data, list):
        return data or None
    if isinstance(data, dict) and "nodes" not in data and not is_own(data):
        found = next((data[key] for key in BUNDLE_KEYS if isinstance(data.get(key), list)), None)
        return found or None
    return None
