"""JSON written as a template: in n8n objects are put in as JSON there, elsewhere as text."""

from __future__ import annotations

from typing import Any

from apps.workflows.interchange.n8n.reading import plain
from exprsn.kernel.expressions import ExpressionError, compile_template

_AS_JSON = '((value) => typeof value === "object" ? JSON.stringify(value) : value)({})'
_SPELLED = ("JSON.stringify(", ".toJsonString(")


def json_template(value: Any) -> Any:
    """The value with every block that may give an object made to give its JSON text.

    A template of one block keeps its type and is left alone, as are blocks inside of quotes and those that
    spell JSON themselves.
    """
    value = plain(value)
    if not isinstance(value, str) or not value.startswith("=") or "{{" not in value:
        return value
    try:
        template = compile_template(value[1:])
    except ExpressionError:
        return value
    if template.is_single_block:
        return value
    text = "="
    for part in template.parts:
        if isinstance(part, str):
            text += part
        elif text.endswith('"') or any(spelled in part.source for spelled in _SPELLED):
            text += "{{" + part.source + "}}"
        else:
            text += "{{ " + _AS_JSON.replace("{}", part.source.strip()) + " }}"
    return text
