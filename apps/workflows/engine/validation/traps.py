"""The linter: what is allowed, and most likely not meant. Warnings only; docs/guide/testing-workflows.md lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from apps.workflows.engine.definition import Definition
from apps.workflows.engine.node_type import NodeType
from apps.workflows.engine.validation.drawing import Drawing
from apps.workflows.engine.validation.faults import Fault
from apps.workflows.engine.validation.traps_answers import ANSWER_RULES
from apps.workflows.engine.validation.traps_data import DATA_RULES
from apps.workflows.engine.validation.traps_errors import ERROR_RULES
from apps.workflows.engine.validation.traps_flow import FLOW_RULES

FindType = Callable[[str], type[NodeType] | None]
Rule = Callable[[Drawing], Iterator[Fault]]
RULES: Sequence[Rule] = (*FLOW_RULES, *DATA_RULES, *ANSWER_RULES, *ERROR_RULES)
MAX_WARNINGS = 100
# Of a drawing that large nobody looks at each warning, and looking back from every node takes long.
MAX_NODES = 500


def trap_faults(definition: Definition, find_type: FindType) -> list[Fault]:
    """The traps of a definition, each with its path. Never raises for a definition that has the right shape."""
    if len(definition.nodes) > MAX_NODES:
        return []
    drawing = Drawing(definition, find_type)
    return [fault for rule in RULES for fault in rule(drawing)][:MAX_WARNINGS]
