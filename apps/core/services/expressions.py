"""Expressions in the sandbox, within the installation's limits."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from apps.core.services.sandbox import counted, expression_sandbox
from exprsn.sandbox.expressions import Outcome, ScriptFault, ScriptSource
from exprsn.sandbox.limits import Limits

_KIND = "expressions"


def evaluate_expressions(
    scripts: Sequence[ScriptSource], *, world_json: bytes, items: int, now: int, zone: str, seconds: float, owner: str
) -> list[list[Outcome]]:
    """The outcomes of a node's scripts, for each of its items. ``owner``: whose they are."""
    limits = Limits(wall_seconds=min(seconds, settings.EXPRSN_EXPRESSION_SECONDS))
    with counted(_KIND):
        return expression_sandbox().evaluate_expressions(
            scripts, world_json=world_json, items=items, now=now, zone=zone, limits=limits, owner=owner
        )


def check_expressions(scripts: Sequence[ScriptSource], *, owner: str = "") -> list[ScriptFault | None]:
    """Whether scripts are JavaScript; nothing of them is run."""
    limits = Limits(wall_seconds=settings.EXPRSN_EXPRESSION_SECONDS)
    with counted(_KIND):
        return expression_sandbox().check_expressions(scripts, limits=limits, owner=owner)
