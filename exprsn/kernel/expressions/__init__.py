"""The expression language: JavaScript's expression syntax, compiled to closures, without a way to the host.

This is tier 1: paths, operators, templates, literals, arrows, and the methods of the tables in ``methods``,
``library`` and ``dates``. Valid JavaScript beyond it raises ``UnsupportedExpression`` when it is compiled, or is
kept as a ``Script`` that the scope has evaluated by an engine in the sandbox (tier 2). Values are JSON in Python's
types, ``UNDEFINED``, and host objects.
"""

from __future__ import annotations

from exprsn.kernel.expressions.budget import Budget
from exprsn.kernel.expressions.dates.making import date_time
from exprsn.kernel.expressions.dates.moment import DateTime
from exprsn.kernel.expressions.errors import (
    ExpressionBudgetExceeded,
    ExpressionError,
    ExpressionSyntaxError,
    HostError,
    UnsupportedExpression,
)
from exprsn.kernel.expressions.finish import to_json
from exprsn.kernel.expressions.run import Scope
from exprsn.kernel.expressions.scripts import Script
from exprsn.kernel.expressions.templates import (
    Expression,
    Template,
    compile_expression,
    compile_template,
    evaluate,
)
from exprsn.kernel.expressions.values import UNDEFINED, HostFunction, HostObject, Undefined, truthy

__all__ = [
    "UNDEFINED",
    "Budget",
    "DateTime",
    "Expression",
    "ExpressionBudgetExceeded",
    "ExpressionError",
    "ExpressionSyntaxError",
    "HostError",
    "HostFunction",
    "HostObject",
    "Scope",
    "Script",
    "Template",
    "Undefined",
    "UnsupportedExpression",
    "compile_expression",
    "compile_template",
    "date_time",
    "evaluate",
    "to_json",
    "truthy",
]
