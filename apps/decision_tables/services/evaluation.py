"""Evaluating tables on somebody's behalf."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission
from apps.decision_tables.access import TableKey, get_table
from apps.decision_tables.contracts import DRAFT, PUBLISHED
from apps.decision_tables.engine.results import Evaluation
from apps.decision_tables.services.choosing import VersionKey, choose
from apps.decision_tables.services.compiled import Ready
from apps.decision_tables.services.counting import Use, statistics
from apps.decision_tables.services.requiring import Resolver
from exprsn.kernel.errors import DomainError, InvalidInput

MAX_ROWS = 10_000
Inputs = Mapping[str, Any]
Answer = dict[str, Any]


def evaluate_table(
    *, actor: Actor, table: TableKey, inputs: Inputs, version: VersionKey = PUBLISHED, explain: bool = False
) -> Answer:
    """``{matched, outputs, rule_ids, all_matches?, trace?, version, table}``.

    Refused with ``table_not_found``, ``version_not_found``, ``not_published``, ``invalid_input`` and what else the
    table says (``multiple_rules_matched``, ``conflicting_outputs``, ``expression_failed``, ``too_many_steps``).
    """
    ready = choose(actor, get_table(actor, table, Permission.EXECUTE), version)
    found = _resolver(ready).answer(ready, inputs, explain=explain)
    return {**found.as_json(), **_named(ready)}


def evaluate_batch(
    *, actor: Actor, table: TableKey, rows: Sequence[Inputs], version: VersionKey = PUBLISHED, explain: bool = False
) -> Answer:
    """``{results: [{index, …answer or error: {code, message, errors}}], version, table}``: errors are each row's own.

    Refused as a whole with ``too_many_rows`` and as ``evaluate_table`` is when nothing can be evaluated.
    """
    if len(rows) > MAX_ROWS:
        message = f"A batch may have at most {MAX_ROWS} rows, and this one has {len(rows)}. Send several."
        raise InvalidInput(message, code="too_many_rows", params={"limit": MAX_ROWS})
    ready = choose(actor, get_table(actor, table, Permission.EXECUTE), version)
    answers = _each(ready, rows, explain) if ready.table.requires else _together(ready, rows, explain)
    return {"results": [_row(index, answer) for index, answer in enumerate(answers)], **_named(ready)}


def resolved_inputs(ready: Ready, inputs: Inputs) -> Inputs:
    """The inputs with those that required tables provide: what the table itself is asked with."""
    return _resolver(ready).filled(ready, inputs)


def _resolver(ready: Ready) -> Resolver:
    return Resolver(drafts=ready.version is None)


def _each(ready: Ready, rows: Sequence[Inputs], explain: bool) -> list[Evaluation | DomainError]:
    """Row by row, because other tables are asked for each."""
    resolver = _resolver(ready)
    answers: list[Evaluation | DomainError] = []
    for row in rows:
        try:
            answers.append(resolver.answer(ready, row, explain=explain))
        except DomainError as error:
            answers.append(error)
    return answers


def _together(ready: Ready, rows: Sequence[Inputs], explain: bool) -> Sequence[Evaluation | DomainError]:
    started = time.perf_counter()
    answers = ready.compiled.evaluate_batch(rows, explain=explain)
    taken = round((time.perf_counter() - started) * 1_000_000)
    use = Use(len(rows), duration_us=taken, slowest_us=round(taken / max(len(rows), 1)), hits=Counter())
    for answer in answers:
        if isinstance(answer, Evaluation):
            use.unmatched += not answer.matched
            use.hits.update(answer.rule_ids)
        else:
            use.errors += 1
    if rows:
        statistics.count_rows(ready, use)
    return answers


def _row(index: int, answer: Evaluation | DomainError) -> Answer:
    if isinstance(answer, Evaluation):
        return {"index": index, **answer.as_json()}
    return {"index": index, "error": {"code": answer.code, "message": answer.message, "errors": answer.errors}}


def _named(ready: Ready) -> Answer:
    return {"version": DRAFT if ready.version is None else ready.version, "table": ready.name}
