"""What the compiler knows while it compiles one block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from exprsn.kernel.expressions.compiler.frames import Closure
from exprsn.kernel.expressions.syntax.nodes import Constant, Node
from exprsn.kernel.expressions.syntax.words import unsupported

Compile = Callable[[Any, "Context"], Closure]


class Context:
    """Names in sight, names used, and what must hold in the end."""

    def __init__(self, table: dict[type, Compile]) -> None:
        self._table = table
        self._scopes: list[list[str]] = []
        self._used: Counter[str] = Counter()
        self._changed: list[tuple[str, int]] = []
        self.root_names: set[str] = set()
        self.node_names: set[str] = set()

    def compile(self, node: Node) -> Closure:
        """The closure of a node."""
        return self._table[type(node)](node, self)

    def push_scope(self) -> list[str]:
        """Begin an arrow; its variables are declared into the list that is given back."""
        scope: list[str] = []
        self._scopes.append(scope)
        return scope

    def pop_scope(self) -> None:
        """End an arrow."""
        self._scopes.pop()

    def declare(self, name: str) -> int:
        """The place of a variable in the frame of the innermost arrow. A name declared again has the last place."""
        scope = self._scopes[-1]
        scope.append(name)
        return len(scope) - 1

    def use(self, name: str) -> tuple[int, int] | None:
        """Where a variable is: how many frames out, and its place there. None for a root name."""
        self._used[name] += 1
        for out, scope in enumerate(reversed(self._scopes)):
            if name in scope:
                return out, len(scope) - 1 - scope[::-1].index(name)
        return None

    def note_node(self, node: Node | None) -> None:
        """Remember a workflow node that the block names literally."""
        if isinstance(node, Constant) and isinstance(node.value, str):
            self.node_names.add(node.value)

    def note_change(self, name: str, offset: int) -> None:
        """Remember that a list which a name leads to would be changed in place."""
        self._changed.append((name, offset))

    def check_changes(self) -> None:
        """Tier 1 never changes a value; that shows only where the same name is read again: then refuse."""
        for name, offset in self._changed:
            if self._used[name] > 1:
                raise unsupported("Changing a list that is used again", offset)
