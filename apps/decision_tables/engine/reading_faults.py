"""The faults of one reading, and the small checks that find them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from apps.decision_tables.engine.coercion import WrongType, domain_of, plain_json
from apps.decision_tables.engine.columns import MAX_CELL
from apps.decision_tables.engine.faults import article, shown
from apps.decision_tables.engine.feel.syntax.errors import FeelSyntaxError
from apps.decision_tables.engine.feel.syntax.nodes import Expression, UnaryTests
from apps.decision_tables.engine.feel.syntax.parser import parse_expression, parse_unary_tests
from apps.decision_tables.engine.feel.values import Value

MAX_FAULTS = 200


class Faults:
    """Path → messages, in the order found; after two hundred places no more are noted."""

    def __init__(self) -> None:
        self.found: dict[str, list[str]] = {}

    def add(self, path: str, message: str) -> None:
        """Note a fault."""
        if path in self.found or len(self.found) < MAX_FAULTS:
            self.found.setdefault(path, []).append(message)

    def unknown(self, path: str, value: Mapping[str, Any], members: Collection[str]) -> None:
        """Note members that mean nothing: most often a slip of the pen."""
        for name in value:
            if name not in members:
                self.add(f"{path}.{name}" if path else str(name), "There is no such setting.")

    def items(self, path: str, value: Any) -> list[Any]:
        """The list at a path; left out means empty."""
        if value is None:
            return []
        if not isinstance(value, list):
            self.add(path, "Must be a list.")
            return []
        return value

    def mapping(self, path: str, value: Any) -> dict[str, Any]:
        """The object at a path; left out means empty."""
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.add(path, "Must be an object.")
            return {}
        return value

    def text(self, path: str, value: Any, default: str = "") -> str:
        """The text at a path, no longer than a cell may be."""
        if value is None:
            return default
        if not isinstance(value, str):
            self.add(path, "Must be text.")
            return default
        self.fits(path, len(value))
        return value

    def texts(self, path: str, value: Any) -> dict[str, str]:
        """The object of texts at a path."""
        return {name: self.text(f"{path}.{name}", text) for name, text in self.mapping(path, value).items()}

    def fits(self, path: str, length: int) -> bool:
        """Whether a cell of this length is allowed."""
        if length > MAX_CELL:
            self.add(path, f"A cell may have at most {MAX_CELL:,} characters, and this one has {length:,}.")
        return length <= MAX_CELL

    def choice(self, path: str, value: Any, words: Sequence[str]) -> str | None:
        """One of some words."""
        if isinstance(value, str) and value in words:
            return value
        self.add(path, f"{shown(value)} is none of {', '.join(words)}.")
        return None

    def repeated(self, path: str, names: Sequence[str | None], member: str) -> None:
        """Note names that came before."""
        seen: set[str] = set()
        for at, name in enumerate(names):
            if name in seen:
                self.add(f"{path}[{at}].{member}", f"{name!r} is taken by one before it.")
            elif name is not None:
                seen.add(name)

    def typed(self, path: str, value: Any, column_type: str) -> Value:
        """The typed value at a path; None with a fault where it is not of the type."""
        try:
            return domain_of(column_type).read(value)
        except WrongType:
            self.add(path, f"Must be {article(column_type)}, and {shown(value)} is not.")
            return None

    def plain(self, path: str, value: Any, column_type: str) -> Any:
        """The JSON value at a path as its type writes it; null stays null."""
        return None if value is None else plain_json(self.typed(path, value, column_type))

    def expression(self, path: str, text: str, names: Collection[str]) -> Expression | None:
        """The FEEL expression at a path."""
        try:
            return parse_expression(text, names)
        except FeelSyntaxError as error:
            self.add(path, f"{error.message} (at character {error.position + 1})")
        return None

    def unary_tests(self, path: str, text: str, names: Collection[str]) -> UnaryTests | None:
        """The FEEL tests at a path."""
        try:
            return parse_unary_tests(text, names)
        except FeelSyntaxError as error:
            self.add(path, f"{error.message} (at character {error.position + 1})")
        return None
