"""How a chain is spelled in a message: ``$json.name.trim()``."""

from __future__ import annotations

from exprsn.kernel.expressions.syntax.nodes import Call, Chain, Constant, Member, Name

_MAX = 80
_MAX_STEPS = 20


def spell(chain: Chain, count: int) -> str:
    """The chain up to, not including, the call at ``count``, with the brackets of that call."""
    text = "…"
    first = max(0, count - _MAX_STEPS)
    if first == 0:
        text = chain.head.name if isinstance(chain.head, Name) else "(…)"
    for step in chain.steps[first:count]:
        text += _spell_step(step)
    text += "()"
    return text if len(text) <= _MAX else "…" + text[-_MAX:]


def _spell_step(step: Member | Call) -> str:
    if isinstance(step, Call):
        return "(…)"
    if not isinstance(step.key, Constant):
        return "[…]"
    key = step.key.value
    if isinstance(key, str) and key.isidentifier():
        return f".{key}"
    return f"[{key!r}]"
