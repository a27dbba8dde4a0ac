"""Whether a text is FEEL, for editors of cells."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, require
from apps.decision_tables.engine.feel.limits import FeelLimit
from apps.decision_tables.engine.feel.syntax.errors import FeelSyntaxError
from apps.decision_tables.engine.feel.syntax.parser import parse_expression, parse_unary_tests

UNARY_TESTS = "unary_tests"
EXPRESSION = "expression"
KINDS = [(UNARY_TESTS, UNARY_TESTS), (EXPRESSION, EXPRESSION)]


def check_feel(*, actor: Actor, text: str, kind: str, names: Collection[str] = ()) -> dict[str, Any]:
    """``{ok, message, position}``: what is wrong and from which character on (from 0), null when nothing is."""
    require(actor, Permission.READ)
    try:
        if kind == UNARY_TESTS:
            parse_unary_tests(text, names)
        else:
            parse_expression(text, names)
    except FeelSyntaxError as error:
        return {"ok": False, "message": error.message, "position": error.position}
    except FeelLimit as error:
        return {"ok": False, "message": error.message, "position": None}
    return {"ok": True, "message": None, "position": None}
