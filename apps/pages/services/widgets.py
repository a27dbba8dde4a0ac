"""Fields as the hosted page shows them, and answers as it sends them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from apps.pages.contracts.fields import FormField

# A field that people do not see and programs fill in.
TRAP = "homepage"
_INPUTS = {"text": "text", "email": "email", "number": "text", "password": "password", "date": "date"}
_AUTOCOMPLETE = {"email": "email", "password": "new-password"}


def input_name(position: int) -> str:
    """The name of a field on the page: field names may hold anything, also the names of our own inputs."""
    return f"field-{position}"


def answers_from(fields: Sequence[FormField], posted: QueryDict) -> dict[str, Any]:
    """What a page has sent, by the names of the fields."""
    answers: dict[str, Any] = {}
    for position, field in enumerate(fields):
        sent = posted.getlist(input_name(position))
        answers[field.name] = sent if field.type == "multiselect" else (sent[-1] if sent else None)
    return answers


def first_answers(fields: Sequence[FormField], query: QueryDict) -> dict[str, Any]:
    """What stands in the fields at first: what the address says (``?email=…``), else the default."""
    answers: dict[str, Any] = {}
    for field in fields:
        asked = query.getlist(field.name) if field.type != "password" else []
        several = field.type == "multiselect"
        answers[field.name] = (asked if several else asked[-1]) if asked else field.default
    return answers


def shown_fields(
    fields: Sequence[FormField], answers: Mapping[str, Any], errors: Mapping[str, Sequence[str]]
) -> list[dict[str, Any]]:
    """Everything that the template needs for each field. Passwords are not sent back."""
    return [
        _shown(position, field, None if field.type == "password" else answers.get(field.name), errors)
        for position, field in enumerate(fields)
    ]


def _shown(position: int, field: FormField, answer: Any, errors: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    chosen = {str(entry) for entry in (answer if isinstance(answer, list) else [answer])}
    found = list(errors.get(field.name, ()))
    name = input_name(position)
    described = [f"{name}-help"] * bool(field.help) + [f"{name}-error"] * bool(found)
    return {
        "field": field,
        "id": name,
        "value": "" if answer is None or isinstance(answer, list | bool) else str(answer),
        "checked": answer is True or str(answer).lower() in ("on", "true", "1", "yes"),
        "options": [
            {"value": option.value, "label": option.label, "chosen": option.value in chosen, "id": f"{name}-{number}"}
            for number, option in enumerate(field.options)
        ],
        "errors": found,
        "target": f"{name}-0" if field.type in ("radio", "multiselect") else name,
        "described_by": " ".join(described),
        "input_type": _INPUTS.get(field.type, "text"),
        "input_mode": "decimal" if field.type == "number" else "",
        "autocomplete": _AUTOCOMPLETE.get(field.type, ""),
    }
