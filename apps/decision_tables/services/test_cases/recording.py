"""A test made of an evaluation with one click. A test that was recorded passes when it is run at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission
from apps.decision_tables.access import TableKey, get_table
from apps.decision_tables.contracts import DRAFT
from apps.decision_tables.engine.faults import EvaluationError
from apps.decision_tables.models import DecisionTestCase
from apps.decision_tables.services.choosing import VersionKey, choose
from apps.decision_tables.services.evaluation import resolved_inputs
from apps.decision_tables.services.json_numbers import plain
from apps.decision_tables.services.test_cases.storing import create_test
from exprsn.kernel.clock import utc_now


def record_test(
    *, actor: Actor, table: TableKey, inputs: Mapping[str, Any], version: VersionKey = DRAFT, **given: Any
) -> DecisionTestCase:
    """A test that expects what the table answers now, with the inputs that required tables provide."""
    ready = choose(actor, get_table(actor, table, Permission.WRITE), version)
    asked = dict(resolved_inputs(ready, inputs))
    expected: dict[str, Any]
    try:
        found = ready.compiled.evaluate(asked)
    except EvaluationError as error:
        expected = {"error": error.code}
    else:
        expected = {"matched": found.matched, "outputs": found.outputs, "rule_ids": found.rule_ids}
    name = given.pop("name", "") or _("Recorded %(time)s") % {"time": f"{utc_now():%Y-%m-%d %H:%M:%S}"}
    return create_test(actor=actor, table=table, name=name, inputs=plain(asked), expected=plain(expected), **given)
