"""Every example of the guide to expressions, evaluated in a run: the documentation cannot say what is not so."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from apps.workflows.engine.definition import parse_definition
from apps.workflows.engine.executor import execute_call
from apps.workflows.engine.graph import Graph
from apps.workflows.engine.items import Item, ItemBatch
from apps.workflows.engine.node_type import NodeContext, NodeResult
from apps.workflows.engine.ports import Ports
from apps.workflows.engine.run_context import RunContext
from apps.workflows.engine.scheduler import Scheduler
from apps.workflows.engine.scope import ItemScope
from apps.workflows.engine.scripts import ScriptRound
from apps.workflows.execution.real_ports import SandboxedExpressions
from exprsn.kernel.errors import DomainError
from exprsn.kernel.expressions import Template, compile_template
from scripts.expression_reference import NOW, ZONE, shown
from tests.workflows.engine.graphs import TYPES, Pass, document

PAGE = (Path(__file__).parents[3] / "docs" / "expressions.md").read_text(encoding="utf-8")
LINE = re.compile(r"(?P<source>.+?)  // (?P<sign>→|✗) (?P<expected>.+)")
TOTAL = "={{ $json.lines.map(line => line.price * line.count).sum() }}"


class Total(Pass):
    """As ``pass``, with the value under ``total``."""

    type = "total"

    def run(self, context: NodeContext) -> NodeResult:
        return context.each(lambda item, at: Item({**item.json, "total": context.param("add", at)}))


class Clock:
    """Stands still at the moment that the page names."""

    def now(self) -> Any:
        return NOW


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def lines() -> list[str]:
    return [line for block in blocks("js") for line in block.splitlines()]


@pytest.fixture(scope="module")
def scope() -> Callable[[Template], ItemScope]:
    """The first item before the node *Here*, behind *Webhook* and *Total*."""
    nodes = [
        ("start", "start", {"name": "Webhook"}),
        ("total", "total", {"name": "Total", "parameters": {"add": TOTAL}}),
        ("here", "pass", {"name": "Here"}),
    ]
    kinds = {**TYPES, "total": Total}
    definition = parse_definition(document(nodes, ["start > total", "total > here"]))
    scheduler = Scheduler(Graph(definition, kinds.__getitem__))
    scheduler.begin("start", ItemBatch.of(json.loads(blocks("json")[0])))
    nothing: Any = None
    run = RunContext(
        scheduler,
        Ports(nothing, nothing, nothing, Clock(), evaluator=SandboxedExpressions(UUID(int=1))),
        mode="webhook",
        workflow_name="Orders",
        timezone=ZONE,
        variables={"rate": 0.2},
    )
    while (call := scheduler.next_call()) is not None and call.compiled.id != "here":
        scheduler.record(execute_call(call, run))
    assert call is not None
    here = call
    return lambda template: ItemScope(
        run, here, next(iter(here.inputs.values())), 0, ScriptRound(run, 1, lambda: [template])
    )


@pytest.mark.parametrize("line", lines())
def test_an_example_comes_to_what_stands_beside_it(line: str, scope: Callable[[Template], ItemScope]) -> None:
    found = LINE.fullmatch(line)
    assert found, "an example is: expression, two spaces, // → result or // ✗ code"
    source = found["source"]
    text = source[1:] if source.startswith("=") else f"{{{{ {source} }}}}"
    try:
        template = compile_template(text, scripts=True)
        result = shown(template.evaluate(scope(template)))
    except DomainError as error:
        result = error.code
        assert found["sign"] == "✗", error.message
    else:
        assert found["sign"] == "→", f"no error, but {result}"
    assert result == found["expected"]


def test_the_page_is_full_of_examples() -> None:
    assert len(lines()) > 80
