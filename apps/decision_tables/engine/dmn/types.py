"""Item definitions: what a value must be to pass as a named type, and the conversions that DMN makes by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from apps.decision_tables.engine.dmn.model import Definitions, ItemDefinition
from apps.decision_tables.engine.feel.evaluation.scope import Scope
from apps.decision_tables.engine.feel.syntax.errors import FeelSyntaxError
from apps.decision_tables.engine.feel.type_tree import ANY, ContextType, FunctionType, ListType, NamedType
from apps.decision_tables.engine.feel.types import FeelType, coerce, parse_type
from apps.decision_tables.engine.feel.values import Value

Tests: TypeAlias = Callable[[Value, Scope], bool | None]
CompileTests: TypeAlias = Callable[[str], Tests]

MAX_LEVELS = 50


class ModelTypes:
    """The named types of one model and, under the names of its imports, those of other models."""

    def __init__(
        self, definitions: Definitions, imported: Mapping[str, ModelTypes], compile_tests: CompileTests
    ) -> None:
        self._prefixes = definitions.prefixes
        self._aliases = {found.namespace: found.name for found in definitions.imports}
        self._compile_tests = compile_tests
        self._compiled: dict[str, Tests] = {}
        self.items: dict[str, tuple[ItemDefinition, ModelTypes]] = {}
        for name, types in imported.items():
            prefix = f"{name}." if name else ""
            self.items.update({f"{prefix}{key}": item for key, item in types.items.items()})
        self.items.update({item.name: (item, self) for item in definitions.item_definitions})
        self.feel: dict[str, FeelType] = {name: owner.feel_type(item) for name, (item, owner) in self.items.items()}

    def accept(self, value: Value, type_ref: str, scope: Scope, level: int = 0) -> Value:
        """Return the value as the type asks for it; null where it is not of the type."""
        if value is None or not type_ref or level > MAX_LEVELS:
            return value if level <= MAX_LEVELS else None
        found = self.items.get(self._plain(type_ref))
        if found is None:
            return coerce(value, self.named(type_ref), self.feel)
        item, owner = found
        return owner.accept_item(value, item, scope, level + 1)

    def allowed_values(self, type_ref: str) -> str:
        """Return the text of the values that a named type allows, empty when it does not say."""
        for _ in range(MAX_LEVELS):
            found = self.items.get(self._plain(type_ref))
            if found is None or found[0].allowed_values:
                return found[0].allowed_values if found else ""
            type_ref = found[0].type_ref
        return ""

    def is_collection(self, type_ref: str) -> bool:
        """Tell whether a named type is a list."""
        found = self.items.get(self._plain(type_ref))
        return found is not None and found[0].is_collection

    def result_type(self, type_ref: str) -> str:
        """Return what a function gives whose variable has a type: that of the function's result, or the type itself."""
        found = self.items.get(self._plain(type_ref))
        if found is not None and found[0].function_parameters is not None:
            return found[0].function_output
        return "" if isinstance(self.named(type_ref), FunctionType) else type_ref

    def feel_type(self, item: ItemDefinition) -> FeelType:
        """Return the type of an item definition as FEEL sees it, without its constraints."""
        found: FeelType
        if item.function_parameters is not None:
            parameters = tuple(self.named(parameter.type_ref) for parameter in item.function_parameters)
            found = FunctionType(parameters, self.named(item.function_output))
        elif item.components:
            found = ContextType(tuple((member.name, self.feel_type(member)) for member in item.components))
        else:
            found = self.named(item.type_ref)
        return ListType(found) if item.is_collection else found

    def named(self, type_ref: str) -> FeelType:
        """Return the FEEL type that a reference means, ``Any`` where nothing says it."""
        plain = self._plain(type_ref)
        if not plain:
            return ANY
        if plain in self.items:
            return NamedType(plain)
        try:
            found = parse_type(_FORMER.get(plain, plain))
        except FeelSyntaxError:
            return ANY
        return ANY if isinstance(found, NamedType) and found.name not in self.items else found

    def accept_item(self, value: Value, item: ItemDefinition, scope: Scope, level: int) -> Value:
        """Return the value as an item definition asks for it; null where it does not."""
        if item.is_collection:
            entries = value if isinstance(value, list) else [value]
            taken = [self._accept_one(entry, item, scope, level) for entry in entries]
            whole = None if _lost(entries, taken) else taken
            return whole if self._holds(item.type_constraint, whole, scope) else None
        taken_one = self._accept_one(value, item, scope, level)
        if taken_one is None and isinstance(value, list) and len(value) == 1:
            taken_one = self._accept_one(value[0], item, scope, level)
        return taken_one if self._holds(item.type_constraint, taken_one, scope) else None

    def _accept_one(self, value: Value, item: ItemDefinition, scope: Scope, level: int) -> Value:
        if value is None:
            return None
        if item.function_parameters is not None:
            taken = coerce(value, self.feel_type(_single(item)), self.feel)
        elif item.components:
            taken = self._accept_members(value, item.components, scope, level)
        else:
            taken = self.accept(value, item.type_ref, scope, level)
        return taken if self._holds(item.allowed_values, taken, scope) else None

    def _accept_members(self, value: Value, members: Iterable[ItemDefinition], scope: Scope, level: int) -> Value:
        if not isinstance(value, dict) or level > MAX_LEVELS:
            return None
        taken = dict(value)
        for member in members:
            given = value.get(member.name)
            taken_member = self.accept_item(given, member, scope, level + 1) if given is not None else None
            if _lost([given], [taken_member]):
                return None
            if member.name in taken:
                taken[member.name] = taken_member
        return taken

    def _holds(self, tests: str, value: Value, scope: Scope) -> bool:
        if not tests or value is None:
            return True
        if tests not in self._compiled:
            self._compiled[tests] = self._compile_tests(tests)
        return self._compiled[tests](value, scope) is True

    def _plain(self, type_ref: str) -> str:
        prefix, mark, name = type_ref.partition(":")
        if not mark or prefix not in self._prefixes:
            return type_ref
        alias = self._aliases.get(self._prefixes[prefix], "")
        return f"{alias}.{name}" if alias else name


_FORMER = {"duration": "days and time duration", "integer": "number", "long": "number", "double": "number"}


def _single(item: ItemDefinition) -> ItemDefinition:
    return ItemDefinition(item.name, function_parameters=item.function_parameters, function_output=item.function_output)


def _lost(given: list[Value], taken: list[Value]) -> bool:
    return any(before is not None and after is None for before, after in zip(given, taken, strict=True))
