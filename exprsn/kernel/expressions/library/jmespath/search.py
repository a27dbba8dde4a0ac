"""JMESPath evaluated: ``$jmespath(value, "people[?age > `20`].name")``."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from exprsn.kernel.expressions.budget import ENTRY_SIZE
from exprsn.kernel.expressions.errors import ExpressionError
from exprsn.kernel.expressions.library.jmespath.functions import FUNCTIONS, equal, is_true
from exprsn.kernel.expressions.library.jmespath.nodes import Step
from exprsn.kernel.expressions.library.jmespath.reading import read
from exprsn.kernel.expressions.numbers import Number
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.values import UNDEFINED, HostObject

_read = lru_cache(maxsize=256)(read)
Project = Callable[[Any], Any]


def jmespath_search(run: Run, value: Any, source: str) -> Any:
    """What a JMESPath expression finds in a value; null when nothing. Raises ``ExpressionError`` if it is not valid."""
    if isinstance(value, HostObject):
        value = value.to_json()
    return _Search(run).find(_read(source), None if value is UNDEFINED else value)


class _Search:
    def __init__(self, run: Run) -> None:
        self._run = run

    def find(self, step: Step, value: Any) -> Any:
        """The result of a step for a value."""
        self._run.budget.step()
        if step.kind in _COMPARISONS:
            return self._compare(step, value)
        return getattr(self, _METHODS[step.kind])(step, value)

    def current(self, step: Step, value: Any) -> Any:
        return value

    def literal(self, step: Step, value: Any) -> Any:
        return step.value

    def field(self, step: Step, value: Any) -> Any:
        return value.get(step.value) if isinstance(value, dict) else None

    def inner(self, step: Step, value: Any) -> Any:
        return self.find(step.parts[0], value)

    def sub(self, step: Step, value: Any) -> Any:
        left = self.find(step.parts[0], value)
        return None if left is None and step.parts[1].kind != "call" else self.find(step.parts[1], left)

    def pipe(self, step: Step, value: Any) -> Any:
        return self.find(step.parts[1], self.find(step.parts[0], value))

    def either(self, step: Step, value: Any) -> Any:
        left = self.find(step.parts[0], value)
        return left if is_true(left) else self.find(step.parts[1], value)

    def both(self, step: Step, value: Any) -> Any:
        left = self.find(step.parts[0], value)
        return self.find(step.parts[1], value) if is_true(left) else left

    def negation(self, step: Step, value: Any) -> Any:
        return not is_true(self.find(step.parts[0], value))

    def index(self, step: Step, value: Any) -> Any:
        left = self.find(step.parts[0], value)
        if not isinstance(left, list) or not -len(left) <= step.value < len(left):
            return None
        return left[step.value]

    def multi(self, step: Step, value: Any) -> Any:
        return None if value is None else [self.find(part, value) for part in step.parts]

    def hash(self, step: Step, value: Any) -> Any:
        if value is None:
            return None
        return {name: self.find(part, value) for name, part in zip(step.value, step.parts, strict=True)}

    def each(self, step: Step, value: Any) -> Any:
        left = self.find(step.parts[0], value)
        return self._project(left, step.parts[1]) if isinstance(left, list) else None

    def values(self, step: Step, value: Any) -> Any:
        left = self.find(step.parts[0], value)
        return self._project(list(left.values()), step.parts[1]) if isinstance(left, dict) else None

    def flatten(self, step: Step, value: Any) -> Any:
        left = self.find(step.parts[0], value)
        if not isinstance(left, list):
            return None
        flat: list[Any] = []
        for entry in left:
            flat.extend(entry if isinstance(entry, list) else [entry])
            self._run.budget.reserve(len(flat) * ENTRY_SIZE)
        self._run.budget.charge_made(flat)
        return self._project(flat, step.parts[1])

    def filter(self, step: Step, value: Any) -> Any:
        left = self.find(step.parts[0], value)
        if not isinstance(left, list):
            return None
        return self._project([entry for entry in left if is_true(self.find(step.parts[1], entry))], step.parts[2])

    def slice(self, step: Step, value: Any) -> Any:
        left = self.find(step.parts[0], value)
        if len(step.value) > 2 and step.value[2] == 0:
            raise ExpressionError("The step of a JMESPath slice cannot be 0.")
        return self._project(left[slice(*step.value)], step.parts[1]) if isinstance(left, list) else None

    def call(self, step: Step, value: Any) -> Any:
        work = FUNCTIONS.get(step.value)
        if work is None:
            raise ExpressionError(f"JMESPath has no function {step.value}().")
        arguments = [
            self._reference(part) if part.kind == "reference" else self.find(part, value) for part in step.parts
        ]
        for argument in arguments:
            if isinstance(argument, str | list | dict):
                self._run.budget.step(1 + (len(argument) >> 2))
        made = work(self._run, step.value, arguments)
        if isinstance(made, str | list | dict):
            self._run.budget.charge_made(made)
        return made

    def _reference(self, part: Step) -> Project:
        return lambda entry: self.find(part.parts[0], entry)

    def reference(self, step: Step, value: Any) -> Any:
        raise ExpressionError("In JMESPath & stands only before arguments of functions.")

    def _project(self, entries: list[Any], step: Step) -> list[Any]:
        found = [self.find(step, entry) for entry in entries]
        return [entry for entry in found if entry is not None]

    def _compare(self, step: Step, value: Any) -> Any:
        left, right = self.find(step.parts[0], value), self.find(step.parts[1], value)
        if step.kind in {"==", "!="}:
            return equal(self._run, left, right) == (step.kind == "==")
        if isinstance(left, bool) or isinstance(right, bool):
            return None
        if not isinstance(left, int | float) or not isinstance(right, int | float):
            return None
        return _COMPARISONS[step.kind](left, right)


_COMPARISONS: dict[str, Callable[[Number, Number], bool]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}
_METHODS = {
    "current": "current", "literal": "literal", "field": "field", "group": "inner", "sub": "sub", "|": "pipe",
    "||": "either", "&&": "both", "not": "negation", "index": "index", "list": "multi", "hash": "hash", "each": "each",
    "values": "values", "flatten": "flatten", "filter": "filter", "slice": "slice", "call": "call",
    "reference": "reference",
}  # fmt: skip
