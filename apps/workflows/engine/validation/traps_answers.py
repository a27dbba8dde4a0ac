"""Traps around answers to the callers of webhooks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from apps.workflows.engine.definition import Node
from apps.workflows.engine.validation.drawing import Drawing
from apps.workflows.engine.validation.faults import Fault

RESPOND = "respond_to_webhook"
# A caller who waits so long is patient.
LONG_WAIT_SECONDS = 30
_UNIT_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3_600, "days": 86_400}
_AT_ONCE, _BY_NODE, _AT_THE_END = "immediately", "respond_node", "last_node"
# Triggers whose runs may be answered by a respond node in other ways.
_ANSWERED_OTHERWISE = ("form", "execute_workflow_trigger")


def _mode(webhook: Node) -> str:
    return str(webhook.parameters.get("response_mode", _AT_ONCE))


def respond_unreachable(drawing: Drawing) -> Iterator[Fault]:
    """The webhook leaves the answer to a respond node to which it does not lead."""
    for webhook in drawing.enabled("webhook"):
        if _mode(webhook) != _BY_NODE:
            continue
        reached = drawing.after({webhook.id})
        if not any(node.id in reached for node in drawing.enabled(RESPOND)):
            message = f"“{webhook.name}” leaves the answer to a Respond to webhook step, but leads to none."
            yield drawing.warning(webhook, "respond_unreachable", message, "parameters.response_mode")


def respond_unused(drawing: Drawing) -> Iterator[Fault]:
    """A respond node in a workflow whose webhooks answer in another way."""
    for node in drawing.enabled(RESPOND):
        before = [drawing.nodes[node_id] for node_id in drawing.ancestors(node.id)]
        begins = [each for each in before if not each.disabled and drawing.type_of(each).is_trigger]
        webhooks = [each for each in begins if each.type == "webhook"]
        otherwise = any(each.type in _ANSWERED_OTHERWISE for each in begins)
        if webhooks and not otherwise and all(_mode(each) != _BY_NODE for each in webhooks):
            message = (
                f"“{webhooks[0].name}” answers by itself, so what “{node.name}” says is not sent. Let the webhook "
                "answer by a Respond to webhook step."
            )
            yield drawing.warning(node, "respond_unused", message)


def second_respond(drawing: Drawing) -> Iterator[Fault]:
    """Of two respond nodes one after the other the first wins."""
    responds = list(drawing.enabled(RESPOND))
    triggers = [trigger.id for trigger in drawing.triggers()]
    for node in responds:
        for earlier in responds:
            if (
                earlier is node
                or earlier.id not in drawing.ancestors(node.id)
                or node.id in drawing.ancestors(earlier.id)
            ):
                continue
            if node.id not in drawing.after(triggers, without=earlier.id):
                message = f"“{earlier.name}” has answered before “{node.name}” runs; the first answer wins."
                yield drawing.warning(node, "second_respond", message)
                break


def wait_before_answer(drawing: Drawing) -> Iterator[Fault]:
    """The caller of a webhook is kept waiting by a long wait."""
    for webhook in drawing.enabled("webhook"):
        mode = _mode(webhook)
        if mode not in (_BY_NODE, _AT_THE_END):
            continue
        reached = drawing.after({webhook.id})
        ends = [node.id for node in drawing.enabled(RESPOND) if node.id in reached]
        for node in drawing.enabled("wait", "approval"):
            answers_later = mode == _AT_THE_END or any(node.id in drawing.ancestors(end) for end in ends)
            if node.id in reached and answers_later and _is_long(node):
                message = f"“{node.name}” keeps the caller of “{webhook.name}” waiting. Answer before the wait."
                yield drawing.warning(node, "wait_before_answer", message)


def _is_long(node: Node) -> bool:
    if node.type == "approval":
        return True
    given: Any = node.parameters
    if given.get("mode", "duration") != "duration":
        return True
    amount, unit = given.get("amount", 5), given.get("unit", "seconds")
    is_number = isinstance(amount, int | float)
    return is_number and amount * _UNIT_SECONDS.get(str(unit), 1) > LONG_WAIT_SECONDS


ANSWER_RULES = (respond_unreachable, respond_unused, second_respond, wait_before_answer)
