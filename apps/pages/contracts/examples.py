"""Answers that are made up, for trying out what a form starts."""

from __future__ import annotations

from typing import Any

from apps.pages.contracts.fields import FormField


def example_value(field: FormField) -> Any:
    """What an answer to this field could be."""
    if field.default is not None:
        return field.default
    if field.options:
        first = field.options[0].value
        return [first] if field.type == "multiselect" else first
    samples = {
        "email": "ada@example.com",
        "number": 1 if field.min is None else field.min,
        "checkbox": True,
        "date": field.min or "2026-01-31",
    }
    return samples.get(field.type, field.label)
