"""Methods that change their list or date in JavaScript.

Tier 1 works on values that the host lends, so its ``sort``, ``pop`` and their like give the same answer without
changing anything. That is the same to the expression as long as nobody looks at the value again.
"""

from __future__ import annotations

from exprsn.kernel.expressions.compiler.context import Context
from exprsn.kernel.expressions.syntax.nodes import Call, Chain, Constant, Member, Name
from exprsn.kernel.expressions.syntax.words import unsupported

_FIELDS = ("Date", "Month", "FullYear", "Hours", "Minutes", "Seconds", "Milliseconds", "Time")
DATE_SETTERS = frozenset(f"set{utc}{field}" for field in _FIELDS for utc in ("", "UTC"))
CHANGING = frozenset({"sort", "reverse", "pop", "shift", "fill"}) | DATE_SETTERS
TIER_2 = frozenset({"push", "unshift", "splice", "copyWithin"})
_FRESH = frozenset(
    {
        "all", "chunk", "compact", "concat", "difference", "entries", "fill", "filter", "flat", "flatMap", "from",
        "intersection", "keys", "map", "match", "of", "parse", "parseJson", "pluck", "removeDuplicates",
        "renameKeys", "reverse", "slice", "sort", "split", "toJSDate", "toReversed", "toSorted", "union", "unique",
        "values", "with",
    }
)  # fmt: skip


def check_change(chain: Chain, at: int, context: Context) -> None:
    """Look at the method call whose member is the step at ``at``; refuse what only tier 2 can do."""
    member = chain.steps[at]
    name = _name(member)
    if name in TIER_2:
        raise unsupported(f"{name}()", member.at)
    if name in CHANGING and isinstance(chain.head, Name) and not _is_fresh(chain, at):
        context.note_change(chain.head.name, member.at)


def _name(step: Member | Call) -> str:
    if isinstance(step, Member) and isinstance(step.key, Constant) and isinstance(step.key.value, str):
        return step.key.value
    return ""


def _is_fresh(chain: Chain, at: int) -> bool:
    """Whether the value before a step was just made by a call."""
    if at == 0 or not isinstance(chain.steps[at - 1], Call):
        return False
    if at == 1:
        return isinstance(chain.head, Name) and chain.head.name in {"Array", "Date"}
    return _name(chain.steps[at - 2]) in _FRESH
