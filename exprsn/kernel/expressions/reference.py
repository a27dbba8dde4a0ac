"""What there is to say of every method and name of the language: the tables of methods with the texts of the TOML file.

``docs/expressions-reference.md`` and the completion of the designer are both made from here. The results beside the
examples are what the evaluator gives. Nothing else of the language needs this module.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from json import dumps
from pathlib import Path
from typing import Any

from exprsn.kernel.expressions import UNDEFINED, Scope, compile_expression, date_time, to_json
from exprsn.kernel.expressions.dates.durations import Duration
from exprsn.kernel.expressions.dates.fields import FIELDS
from exprsn.kernel.expressions.dates.intervals import INTERVAL_METHODS
from exprsn.kernel.expressions.dates.js_date import JsDate
from exprsn.kernel.expressions.dates.moment import DateTime
from exprsn.kernel.expressions.library.globals import GLOBALS, ROOTS
from exprsn.kernel.expressions.library.jmespath.functions import FUNCTIONS as JMESPATH
from exprsn.kernel.expressions.library.objects import _SET as SET_METHODS
from exprsn.kernel.expressions.members import _CALLABLE
from exprsn.kernel.expressions.methods.nothing import NOTHING_HELPERS
from exprsn.kernel.expressions.values import FunctionObject

TEXTS = Path(__file__).with_name("reference.toml")
NOW = datetime(2026, 3, 5, 13, 30, tzinfo=UTC)
ZONE = "Europe/Berlin"
NAMESPACES = ("Math", "JSON", "Object", "DateTime", "Duration", "Interval")


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the page: its key in the TOML file, its heading, a sentence, and the names it must have."""

    key: str
    title: str
    about: str
    names: frozenset[str]


class Named:
    """The scope of the examples: the names that are given, and a moment that stays the same."""

    def __init__(self, values: Mapping[str, Any] | None = None) -> None:
        now = date_time(NOW, ZONE)
        self._values = {"$now": now, "$today": now.start_of("day"), **(values or {})}

    def resolve(self, name: str) -> Any:
        """The value of a root name."""
        return self._values.get(name, UNDEFINED)


def result_of(source: str, scope: Scope) -> str:
    """What an expression gives, as the documentation shows it."""
    return shown(compile_expression(source).evaluate(scope))


def shown(value: Any) -> str:
    """A result as the documentation shows it."""
    if value is UNDEFINED:
        return "undefined"
    if isinstance(value, FunctionObject):
        return "a function"
    if isinstance(value, float) and not math.isfinite(value):
        return {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}[str(value)]
    return dumps(to_json(value), ensure_ascii=False)


def sections() -> list[Section]:
    """All tables in the order of the page."""
    methods = {kind: frozenset(table) for kind, table in _CALLABLE.items()}
    dates = frozenset(name for name in JsDate.methods if "UTC" not in name or name == "toUTCString")
    fields = frozenset({"isValid", "invalidReason", "invalidExplanation", *FIELDS})
    loose = {name for name in GLOBALS if name not in NAMESPACES}
    return [
        Section("text", "Text", "`length` is the number of UTF-16 units, `text[0]` the first.", methods[str]),
        Section("number", "Number", "", methods[int]),
        Section("boolean", "Boolean", "", methods[bool]),
        Section("nothing", "null and undefined", "Every other method is an error.", frozenset(NOTHING_HELPERS)),
        Section("list", "List", "`length` is the number of entries, `list[0]` the first.", methods[list]),
        Section(
            "object",
            "Object",
            "`$json.keys` is the field of that name; `$json.keys()` calls the method.",
            methods[dict],
        ),
        Section("DateTime", "DateTime", "Luxon's, in English.", frozenset(DateTime.methods)),
        Section("DateTimeFields", "Fields of a DateTime", "", fields),
        Section("DateTimeMakers", "Making a DateTime", _presets(), _functions("DateTime")),
        Section("Duration", "Duration", "Its units are fields: `duration.hours`; so is `isValid`.", _of(Duration)),
        Section("DurationMakers", "Making a Duration", "", _functions("Duration")),
        Section("Interval", "Interval", "Fields: `start` (`s`), `end` (`e`), `isValid`.", frozenset(INTERVAL_METHODS)),
        Section("IntervalMakers", "Making an Interval", "", _functions("Interval")),
        Section("Date", "Date", "JavaScript's, in UTC. Each `get…` and `set…` is there as `getUTC…` too.", dates),
        Section("DateMakers", "Functions of Date", "", _functions("Date")),
        Section("globals", "Names without a value before them", "", frozenset(loose | set(ROOTS))),
        Section("Math", "Math", f"Constants: {_constants('Math')}.", _functions("Math")),
        Section("JSON", "JSON", "", _functions("JSON")),
        Section("Object", "Functions of Object", "", _functions("Object")),
        Section("Array", "Functions of Array", "", _functions("Array")),
        Section("Number", "Functions of Number", f"Constants: {_constants('Number')}.", _functions("Number")),
        Section("String", "Functions of String", "", _functions("String")),
        Section("Set", "Set", "Made by `new Set(list)`; `size` counts, `[...set]` lists.", frozenset(SET_METHODS)),
        Section("JMESPath", "Functions of $jmespath", "", frozenset(JMESPATH)),
    ]


def _of(kind: type[Duration]) -> frozenset[str]:
    return frozenset(kind.methods)


def _members(name: str) -> dict[str, Any]:
    members: dict[str, Any] = GLOBALS[name]._members
    return members


def _functions(name: str) -> frozenset[str]:
    return frozenset(key for key, value in _members(name).items() if isinstance(value, FunctionObject))


def _constants(name: str) -> str:
    return _listed(key for key, value in _members(name).items() if not isinstance(value, FunctionObject))


def _presets() -> str:
    return f"Presets for `toLocaleString()`: {_constants('DateTime')}."


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


@lru_cache(maxsize=1)
def texts() -> dict[str, dict[str, tuple[str, str, str]]]:
    """What is said of each method: section → name → call, description, example."""
    loaded = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    return {key: {name: (row[0], row[1], row[2]) for name, row in rows.items()} for key, rows in loaded.items()}


@lru_cache(maxsize=1)
def entries() -> list[dict[str, str]]:
    """Every method and name: ``on`` (the kind of value that it belongs to, a section's key; ``globals`` for names that
    stand alone), ``name``, ``signature``, ``description``, ``example`` and its ``result``."""
    return [
        {
            "on": section.key,
            "name": name,
            "signature": call,
            "description": description,
            "example": example,
            "result": result_of(example, Named()) if example else "",
        }
        for section in sections()
        for name, (call, description, example) in texts()[section.key].items()
    ]
