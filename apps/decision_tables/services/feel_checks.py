"""Whether a text is FEEL, for editors of cells."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, require
from apps.decision_tables.engine.feel.builtins.catalogue import FUNCTIONS
from apps.decision_tables.engine.feel.evaluation.testing import INPUT
from apps.decision_tables.engine.feel.limits import FeelLimit
from apps.decision_tables.engine.feel.syntax.analysis import unknown_names
from apps.decision_tables.engine.feel.syntax.errors import FeelSyntaxError
from apps.decision_tables.engine.feel.syntax.nodes import Node
from apps.decision_tables.engine.feel.syntax.parser import parse_expression, parse_unary_tests

UNARY_TESTS = "unary_tests"
EXPRESSION = "expression"
KINDS = [(UNARY_TESTS, UNARY_TESTS), (EXPRESSION, EXPRESSION)]


def check_feel(*, actor: Actor, text: str, kind: str, names: Collection[str] = ()) -> dict[str, Any]:
    """``{ok, message, position, unknown_names}``: what is wrong and from which character on (from 0), else null.

    ``unknown_names`` are those in the text that are neither given nor of functions; they would mean nothing.
    """
    require(actor, Permission.READ)
    try:
        if kind == UNARY_TESTS:
            parsed: Node = parse_unary_tests(text, names)
        else:
            parsed = parse_expression(text, names)
    except FeelSyntaxError as error:
        return _refused(error.message, error.position)
    except FeelLimit as error:
        return _refused(error.message, None)
    unknown = sorted(unknown_names(parsed, {*names, *FUNCTIONS, INPUT}))
    return {"ok": True, "message": None, "position": None, "unknown_names": unknown}


def _refused(message: str, position: int | None) -> dict[str, Any]:
    return {"ok": False, "message": message, "position": position, "unknown_names": []}
