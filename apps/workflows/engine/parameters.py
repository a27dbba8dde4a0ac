"""Parameters compiled once for each version: constants stay constants, templates become closures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from apps.workflows.engine.node_type import Filled, Parameter
from exprsn.kernel.expressions import ExpressionError, Scope, Script, Template, compile_template, to_json


class CompiledValue:
    """A JSON value in which any text may be a template (it begins with ``=``)."""

    __slots__ = ("_parts", "constant", "template")

    def __init__(self, constant: Any, template: Template | None, parts: Any) -> None:
        self.constant = constant
        self.template = template
        self._parts = parts

    @property
    def is_constant(self) -> bool:
        """Whether nothing in it depends on an item."""
        return self.template is None and self._parts is None

    def templates(self) -> Iterator[Template]:
        """Every template in it."""
        if self.template is not None:
            yield self.template
        parts = self._parts.values() if isinstance(self._parts, dict) else self._parts or ()
        for part in parts:
            yield from part.templates()

    def evaluate(self, scope: Scope) -> Any:
        """The value as JSON for one scope."""
        if self.template is not None:
            return to_json(self.template.evaluate(scope))
        if self._parts is None:
            return self.constant
        if isinstance(self._parts, dict):
            return {name: part.evaluate(scope) for name, part in self._parts.items()}
        return [part.evaluate(scope) for part in self._parts]

    def pieces(self, scope: Scope) -> list[str | Filled]:
        """The texts of a template and the values of its blocks, each for itself; a constant is one text."""
        if self.template is None:
            return [self.constant if isinstance(self.constant, str) else ""]
        as_text = not self.template.is_single_block
        return [
            part
            if isinstance(part, str)
            # A block that needs the sandbox was asked for as the text it is in its place.
            else Filled(
                to_json(part.evaluate(scope, as_text=as_text) if isinstance(part, Script) else part.evaluate(scope))
            )
            for part in self.template.parts
        ]


def compile_value(value: Any) -> CompiledValue:
    """Compile a value at any depth. Raises ``ExpressionError`` for a template that cannot be compiled."""
    if isinstance(value, str) and value.startswith("="):
        return CompiledValue(None, compile_template(value[1:], scripts=True), None)
    if isinstance(value, dict):
        members = {name: compile_value(member) for name, member in value.items()}
        if any(not member.is_constant for member in members.values()):
            return CompiledValue(None, None, members)
    elif isinstance(value, list):
        entries = [compile_value(entry) for entry in value]
        if any(not entry.is_constant for entry in entries):
            return CompiledValue(None, None, entries)
    return CompiledValue(value, None, None)


class CompiledParameters:
    """The parameters of one node. A template that cannot be compiled fails when it is asked for, not before."""

    __slots__ = ("_compiled", "_declared", "_given")

    def __init__(self, declared: Sequence[Parameter], given: Mapping[str, Any]) -> None:
        self._declared = {parameter.name: parameter for parameter in declared}
        self._given = given
        self._compiled: dict[str, CompiledValue] = {}

    def raw(self, name: str) -> Any:
        """The value as written, or its default."""
        if name in self._given:
            return self._given[name]
        declared = self._declared.get(name)
        return declared.default_value if declared is not None else None

    def templates(self) -> Iterator[Template]:
        """Every template that can be compiled, of all parameters that were given."""
        for name in self._given:
            try:
                yield from self.compiled(name).templates()
            except ExpressionError:
                continue  # it fails when its own value is asked for

    def compiled(self, name: str) -> CompiledValue:
        """The compiled value of a parameter."""
        found = self._compiled.get(name)
        if found is None:
            declared = self._declared.get(name)
            value = self.raw(name)
            if declared is not None and not declared.supports_expressions:
                found = CompiledValue(value, None, None)
            else:
                found = compile_value(value)
            self._compiled[name] = found
        return found
