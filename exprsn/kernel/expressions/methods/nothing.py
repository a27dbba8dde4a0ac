"""Helper methods that even null and undefined have."""

from __future__ import annotations

from exprsn.kernel.expressions.functions import Methods, method

NOTHING_HELPERS: Methods = {
    "isEmpty": method(lambda nothing: True),
    "isNotEmpty": method(lambda nothing: False),
}
