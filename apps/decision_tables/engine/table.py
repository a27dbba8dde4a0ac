"""A decision table as it was read: every value typed, every expression parsed, nothing left to check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from apps.decision_tables.engine.feel.syntax.nodes import Expression, UnaryTests


@dataclass(frozen=True, slots=True)
class InputColumn:
    """What a column tests: the input of its name, or what its ``expression`` gives."""

    name: str
    type: str
    label: str = ""
    operators: tuple[str, ...] | None = None
    expression: str = ""
    parsed: Expression | None = None
    allowed_values: tuple[Any, ...] | None = None


@dataclass(frozen=True, slots=True)
class OutputColumn:
    """What a column answers; ``allowed_values`` from the most to the least important."""

    name: str
    type: str
    label: str = ""
    default_value: Any = None
    allowed_values: tuple[Any, ...] | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison. ``value`` is the JSON of the document, ``typed`` what it was coerced to."""

    column: str
    operator: str
    value: Any = None
    typed: Any = None


@dataclass(frozen=True, slots=True)
class FeelTest:
    """A cell of FEEL unary tests; ``tests`` is None where it matches anything."""

    column: str
    text: str
    tests: UnaryTests | None = None


@dataclass(frozen=True, slots=True)
class FeelOutput:
    """An output that is worked out when its rule matches."""

    text: str
    parsed: Expression


AnyCondition: TypeAlias = Condition | FeelTest


@dataclass(frozen=True, slots=True)
class Rule:
    """One row. ``outputs`` holds JSON values, and ``FeelOutput`` where they are worked out."""

    id: str
    priority: int
    conditions: tuple[AnyCondition, ...] = ()
    outputs: Mapping[str, Any] = field(default_factory=dict)
    annotation: str = ""
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Requirement:
    """Another table whose answer feeds inputs of this one."""

    table: str
    inputs: Mapping[str, str] = field(default_factory=dict)
    provides: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A whole table, its rules in the order of their rows."""

    input_columns: tuple[InputColumn, ...] = ()
    output_columns: tuple[OutputColumn, ...] = ()
    rules: tuple[Rule, ...] = ()
    hit_policy: str = "FIRST"
    aggregation: str | None = None
    default_outputs: Mapping[str, Any] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    requires: tuple[Requirement, ...] = ()

    def input_column(self, name: str) -> InputColumn:
        """The input column of a name. Raises ``KeyError``."""
        return next((column for column in self.input_columns if column.name == name), None) or _missing(name)

    def output_column(self, name: str) -> OutputColumn:
        """The output column of a name. Raises ``KeyError``."""
        return next((column for column in self.output_columns if column.name == name), None) or _missing(name)


def _missing(name: str) -> Any:
    raise KeyError(name)
