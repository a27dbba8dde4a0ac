"""Traps in how nodes are connected."""

from __future__ import annotations

from collections.abc import Iterator

from apps.workflows.engine.definition import Node
from apps.workflows.engine.validation.drawing import Drawing
from apps.workflows.engine.validation.faults import Fault

_BRANCHING = ("if", "switch")
_PARTING = (*_BRANCHING, "loop_over_items", "compare_datasets")


def merge_fed_twice(drawing: Drawing) -> Iterator[Fault]:
    """Two branches that both run arrive on one input: the node runs twice, the second time without the others."""
    for node in _gathering(drawing):
        by_input: dict[str, list[str]] = {}
        for connection in drawing.incoming.get(node.id, ()):
            by_input.setdefault(connection.target_input, []).append(connection.source)
        if len(by_input) < 2:
            continue
        for port, sources in by_input.items():
            if len(sources) > 1 and _run_both(drawing, sources[0], sources[1]):
                message = (
                    f"Two branches that both run lead to “{port}” of “{node.name}”, so it runs twice. Give it an "
                    "input for each."
                )
                yield drawing.warning(node, "merge_fed_twice", message)
                break


def _gathering(drawing: Drawing) -> Iterator[Node]:
    for node in drawing.enabled():
        found = drawing.type_of(node)
        if found.waits_for_all_inputs and len(found.inputs_for(node.parameters)) > 1:
            yield node


def _run_both(drawing: Drawing, first: str, second: str) -> bool:
    """Whether one output leads to both by different ways, and no node chooses between them."""
    common = (drawing.ancestors(first) | {first}) & (drawing.ancestors(second) | {second})
    parted = False
    for node_id in common - {first, second}:
        ways: dict[str, set[str]] = {}
        for connection in drawing.outgoing.get(node_id, ()):
            reached = drawing.after({connection.target}) | {connection.target}
            leads = {source for source in (first, second) if source in reached}
            if len(leads) == 1:
                ways.setdefault(connection.source_output, set()).update(leads)
        if any(len(leads) == 2 for leads in ways.values()):
            parted = True
        elif len(ways) > 1:
            return False
    return parted


def merge_with_one_input(drawing: Drawing) -> Iterator[Fault]:
    """A merge into which one input leads brings nothing together."""
    for node in _gathering(drawing):
        connected = {connection.target_input for connection in drawing.incoming.get(node.id, ())}
        if len(connected) == 1:
            message = f"Only one input of “{node.name}” is connected, so there is nothing to bring together."
            yield drawing.warning(node, "merge_with_one_input", message)


def loop_never_returns(drawing: Drawing) -> Iterator[Fault]:
    """What leaves a loop by its loop output must come back, else it has one round."""
    for node in drawing.enabled("loop_over_items"):
        if node.id not in drawing.after_port(node.id, "loop"):
            message = f"Nothing leads from the loop output of “{node.name}” back to it, so it ends after one round."
            yield drawing.warning(node, "loop_never_returns", message)


def once_in_loop(drawing: Drawing) -> Iterator[Fault]:
    """``execute_once`` counts for each arrival: within a loop that is every round."""
    for loop in drawing.enabled("loop_over_items"):
        body = drawing.after_port(loop.id, "loop") & drawing.ancestors(loop.id)
        for node_id in sorted(body - {loop.id}):
            node = drawing.nodes[node_id]
            if node.execute_once and not node.disabled:
                message = (
                    f"“{node.name}” runs in every round of “{loop.name}”: “only once” means once for each arrival."
                )
                yield drawing.warning(node, "once_in_loop", message, "execute_once")


def condition_without_effect(drawing: Drawing) -> Iterator[Fault]:
    """All outputs of a condition lead to the same input, so it decides nothing."""
    for node in drawing.enabled(*_BRANCHING):
        ways: dict[str, set[tuple[str, str]]] = {}
        for each in drawing.outgoing.get(node.id, ()):
            ways.setdefault(each.source_output, set()).add((each.target, each.target_input))
        declared = {port.name for port in drawing.type_of(node).outputs_for(node.parameters)}
        if len(declared) > 1 and ways.keys() >= declared and len({frozenset(way) for way in ways.values()}) == 1:
            message = f"All outputs of “{node.name}” lead to the same place, so its condition decides nothing."
            yield drawing.warning(node, "condition_without_effect", message)


def branching_to_nowhere(drawing: Drawing) -> Iterator[Fault]:
    """A condition after which nothing comes."""
    for node in drawing.enabled(*_BRANCHING):
        if not drawing.outgoing.get(node.id) and drawing.incoming.get(node.id):
            yield drawing.warning(
                node, "branching_to_nowhere", f"Nothing follows “{node.name}”, so it decides nothing."
            )


def disabled_branching(drawing: Drawing) -> Iterator[Fault]:
    """A disabled node passes everything to its first output: what follows the others never runs."""
    for node in drawing.nodes.values():
        if not node.disabled or node.type not in _PARTING:
            continue
        ports = [port.name for port in drawing.type_of(node).outputs_for(node.parameters)]
        others = {each.source_output for each in drawing.outgoing.get(node.id, ())} & set(ports[1:])
        if others:
            message = f"“{node.name}” is disabled, so everything goes to “{ports[0]}” and nothing to the other outputs."
            yield drawing.warning(node, "disabled_branching", message, "disabled")


def disabled_trigger(drawing: Drawing) -> Iterator[Fault]:
    """A trigger that was switched off starts nothing, also when the workflow is active."""
    for node in drawing.nodes.values():
        if node.disabled and drawing.type_of(node).is_trigger and drawing.outgoing.get(node.id):
            message = f"“{node.name}” is disabled, so it starts nothing, also when the workflow is active."
            yield drawing.warning(node, "disabled_trigger", message, "disabled")


FLOW_RULES = (
    merge_fed_twice,
    merge_with_one_input,
    loop_never_returns,
    once_in_loop,
    condition_without_effect,
    branching_to_nowhere,
    disabled_branching,
    disabled_trigger,
)
