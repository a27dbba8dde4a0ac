"""How much one expression may cost, and the refusal when it wants more."""

from __future__ import annotations

from exprsn.kernel.errors import InvalidInput

MAX_TEXT = 10_000
"""Characters of one expression."""
MAX_DEPTH = 100
"""How deep expressions may be nested in brackets, branches and function bodies."""
MAX_TREE_DEPTH = 200
"""How deep the tree of one expression may be, with its paths and filters."""
MAX_CALL_DEPTH = 64
"""How deep functions may call each other."""
MAX_STEPS = 1_000_000
"""Rounds, calls and entries that one evaluation may work through."""
MAX_LIST = 100_000
"""Entries of one list."""
MAX_STRING = 1_000_000
"""Characters of one string."""


class FeelLimit(InvalidInput):
    """An expression asks for more work or more data than one evaluation may use."""

    default_code = "feel_limit"
