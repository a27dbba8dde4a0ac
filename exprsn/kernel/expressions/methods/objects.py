"""JavaScript's own methods of objects."""

from __future__ import annotations

from exprsn.kernel.expressions.functions import TEXT, Methods, method

OBJECT_METHODS: Methods = {
    "hasOwnProperty": method(lambda members, name: name in members, TEXT),
    "toString": method(lambda members: "[object Object]"),
    "toLocaleString": method(lambda members: "[object Object]"),
    "valueOf": method(lambda members: members),
}
