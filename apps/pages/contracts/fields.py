"""The fields of a form: plain data that designers, workflows and the hosted page share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# Type → its name for people.
FIELD_TYPES: Mapping[str, str] = {
    "text": "Text",
    "textarea": "Text of several lines",
    "email": "E-mail address",
    "number": "Number",
    "password": "Password",
    "date": "Date",
    "select": "Choice from a menu",
    "radio": "Choice of one",
    "checkbox": "Checkbox",
    "multiselect": "Choice of several",
    "hidden": "Hidden",
}
FIELD_TYPE_CHOICES = list(FIELD_TYPES.items())
CHOICES = frozenset({"select", "radio", "multiselect"})
TEXTS = frozenset({"text", "textarea", "email", "password", "hidden"})
MAX_FIELDS = 100
MAX_OPTIONS = 200
MAX_NAME = 200
MAX_TEXT = 20_000
# What is given beside the fields; no field may be called so.
RESERVED = frozenset({"submittedAt", "formMode"})


@dataclass(frozen=True, slots=True)
class FieldOption:
    """One choice: what is sent, and what is shown."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class FormField:
    """One declared field. ``min`` and ``max`` are numbers, or dates as text; ``pattern`` must fit the whole text."""

    name: str
    label: str
    type: str = "text"
    required: bool = False
    options: tuple[FieldOption, ...] = ()
    placeholder: str = ""
    help: str = ""
    default: Any = None
    min: Any = None
    max: Any = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str = ""

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> FormField:
        """The field of a stored declaration that has no faults."""
        given = tidy_field(data)
        options = tuple(FieldOption(entry["value"], entry["label"]) for entry in given.pop("options", ()))
        return cls(**{**given, "options": options})

    @property
    def longest(self) -> int:
        """How many characters an answer may have."""
        return self.max_length or (MAX_TEXT if self.type == "textarea" else 1_000)


def read_fields(data: Sequence[Mapping[str, Any]]) -> list[FormField]:
    """The fields of a stored form."""
    return [FormField.from_data(entry) for entry in data]


def tidy_field(entry: Mapping[str, Any]) -> dict[str, Any]:
    """A declaration without what is empty; a missing label is the name, an option's the value."""
    tidy = {key: value for key, value in entry.items() if value not in (None, "", [])}
    tidy.setdefault("label", tidy.get("name", ""))
    if isinstance(tidy.get("options"), list):
        tidy["options"] = [_option(option) for option in tidy["options"]]
    return tidy


def _option(option: Any) -> Any:
    if isinstance(option, str):
        return {"value": option, "label": option}
    if isinstance(option, dict):
        return {"value": option.get("value", ""), "label": option.get("label") or option.get("value", "")}
    return option
