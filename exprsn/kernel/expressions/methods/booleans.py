"""Methods of booleans."""

from __future__ import annotations

from exprsn.kernel.expressions.functions import Methods, method

BOOLEAN_METHODS: Methods = {
    "toString": method(lambda value: "true" if value else "false"),
    "valueOf": method(lambda value: value),
}
BOOLEAN_HELPERS: Methods = {
    "toNumber": method(int),
    "toInt": method(int),
    "toBoolean": method(lambda value: value),
    "isEmpty": method(lambda value: False),
    "isNotEmpty": method(lambda value: True),
}
