"""What throttle and debounce share: lengths of time, and items by key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from apps.workflows.engine.node_type import NodeContext, NodeError, Parameter
from apps.workflows.engine.ports_turns import MAX_KEYS, MAX_SECONDS
from apps.workflows.nodes.support.parameters import options
from apps.workflows.nodes.support.values import number_of, text_of
from exprsn.kernel.jsonvalue import JsonValue

SECONDS = {"seconds": 1, "minutes": 60, "hours": 3_600, "days": 86_400}


def unit_parameter(
    name: str, display_name: str, default: str, *, display_if: Mapping[str, Sequence[JsonValue]] | None = None
) -> Parameter:
    """The unit of a length of time."""
    return Parameter(
        name,
        display_name,
        type="select",
        default_value=default,
        options=options(("seconds", "Seconds"), ("minutes", "Minutes"), ("hours", "Hours"), ("days", "Days")),
        display_if=display_if or {},
        supports_expressions=False,
    )


def key_parameter(description: str) -> Parameter:
    """What tells apart whose turns they are."""
    return Parameter("key", "By key", default_value="", placeholder="={{ $json.customer }}", description=description)


def length_of(context: NodeContext, amount: str, unit: str) -> timedelta:
    """The length of time that two parameters say. Raises ``NodeError``."""
    number, word = number_of(context.raw(amount)), str(context.raw(unit))
    if number is None or number < 0 or word not in SECONDS or number * SECONDS[word] > MAX_SECONDS:
        told = f"Give a number of 0 or more and a unit, together at most {MAX_SECONDS // 86_400} days."
        raise NodeError(told, kind="bad_value", item=0, parameter=amount)
    return timedelta(seconds=number * SECONDS[word])


def items_by_key(context: NodeContext) -> dict[str, list[int]]:
    """Key → positions of its items, in the order of their first ones. Raises ``NodeError`` for too many keys."""
    if context.raw("key") in (None, ""):
        return {"": list(range(len(context.items)))} if context.items else {}
    found: dict[str, list[int]] = {}
    for position in range(len(context.items)):
        found.setdefault(text_of(context.param("key", position)), []).append(position)
    if len(found) > MAX_KEYS:
        raise NodeError(f"At most {MAX_KEYS} different keys at once.", kind="too_many_keys", parameter="key")
    return found
