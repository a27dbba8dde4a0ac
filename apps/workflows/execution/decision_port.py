"""The decision tables of an organization, for nodes that ask them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from apps.accounts.contracts import Actor
from apps.decision_tables.public import evaluate_batch, plain_numbers
from apps.workflows.engine.node_type import NodeError
from apps.workflows.engine.ports_decisions import DecisionFault, DecisionQuestion
from apps.workflows.execution.outside import as_node_errors
from exprsn.kernel.jsonvalue import JsonObject

# As many as one batch takes.
_ROWS = 10_000


class OrganizationTables:
    """The tables of one organization; the workflow asks them, whoever started it."""

    def __init__(self, organization_id: UUID) -> None:
        self._actor = Actor.system(organization_id, "workflow")

    def decide(self, question: DecisionQuestion, rows: Sequence[JsonObject]) -> list[JsonObject | DecisionFault]:
        """An answer for each row."""
        version = _version(question.version)
        answers: list[JsonObject | DecisionFault] = []
        for start in range(0, max(len(rows), 1), _ROWS):
            with as_node_errors():
                found = evaluate_batch(
                    actor=self._actor,
                    table=question.table,
                    rows=rows[start : start + _ROWS],
                    version=version,
                    explain=question.explain,
                )
            named = {"version": found["version"], "table": found["table"]}
            answers += [_answer(result, named) for result in found["results"]]
        return answers


def _version(text: str) -> Literal["draft", "published"] | int:
    if text == "draft":
        return "draft"
    if text == "published":
        return "published"
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise NodeError("A version is a number, draft or published.", kind="bad_value", parameter="version")
    return int(text)


def _answer(result: dict[str, Any], named: JsonObject) -> JsonObject | DecisionFault:
    if "error" in result:
        error = result["error"]
        return DecisionFault(error["code"], error["message"], {"errors": error["errors"]})
    told = {name: value for name, value in result.items() if name != "index"}
    return {**plain_numbers(told), **named}
