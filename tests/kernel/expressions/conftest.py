"""What the tests of expressions share: a scope of named values, and results written so that tables can hold them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from exprsn.kernel.expressions import UNDEFINED, Budget, DateTime, compile_expression
from exprsn.kernel.expressions.dates.durations import Duration
from exprsn.kernel.expressions.dates.intervals import Interval
from exprsn.kernel.expressions.dates.js_date import JsDate
from exprsn.kernel.expressions.values import FunctionObject
from exprsn.sandbox.expressions import ExpressionPool

Evaluate = Callable[..., Any]


class Names:
    """A scope of values by name; ``$json`` becomes a keyword argument ``json``."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values

    def resolve(self, name: str) -> Any:
        return self._values.get(name.lstrip("$"), UNDEFINED)


def _shown(value: Any) -> Any:
    if value is UNDEFINED:
        return "@undefined"
    if isinstance(value, FunctionObject):
        return "@function"
    if isinstance(value, float) and not math.isfinite(value):
        return {"nan": "@NaN", "inf": "@Infinity", "-inf": "@-Infinity"}[str(value)]
    if isinstance(value, float) and value == 0:
        return "@-0"
    if isinstance(value, JsDate):
        return f"@date {value.to_json() or 'invalid'}"
    if isinstance(value, DateTime):
        return f"@moment {value.to_json() or 'null'}"
    if isinstance(value, Duration | Interval):
        return value.to_json()
    if isinstance(value, list):
        return [_shown(entry) for entry in value]
    if isinstance(value, dict):
        return {name: _shown(member) for name, member in value.items()}
    return value


@pytest.fixture(scope="session")
def names() -> Callable[..., Names]:
    """Make a scope: ``names(json={...})`` has ``$json``."""
    return lambda **values: Names(values)


@pytest.fixture(scope="session")
def shown() -> Callable[[Any], Any]:
    """Write a result as JSON can hold it: ``@undefined``, ``@NaN``, ``@-0``, ``@function``, ``@date …``."""
    return _shown


@pytest.fixture(scope="session")
def pool() -> Iterator[ExpressionPool]:
    """The sandbox of tier 2."""
    pool = ExpressionPool(max_parallel=1)
    yield pool
    pool.close()


@pytest.fixture(scope="session")
def evaluate() -> Evaluate:
    """Evaluate one expression: ``evaluate("$json.a", json={"a": 1})``."""

    def run(source: str, budget: Budget | None = None, **values: Any) -> Any:
        return compile_expression(source).evaluate(Names(values), budget)

    return run
