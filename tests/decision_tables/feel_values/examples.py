"""Examples as lines ``expression → what it comes to``, both in FEEL."""

from collections.abc import Iterable

from apps.decision_tables.engine.feel.comparing import same
from apps.decision_tables.engine.feel.evaluate import evaluate
from apps.decision_tables.engine.feel.text import literal


def wrong(lines: Iterable[str]) -> list[str]:
    """The examples that come to something else, with what they come to."""
    found = []
    for line in lines:
        expression, _arrow, result = line.partition("→")
        value = evaluate(expression.removesuffix("// "))
        if not same(value, evaluate(result)):
            found.append(f"{line}, but it is {literal(value)}")
    return found
