"""One model prepared for evaluation, with the models that it imports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass

from apps.decision_tables.engine.dmn.compiling import compile_boxed
from apps.decision_tables.engine.dmn.functions import compile_function
from apps.decision_tables.engine.dmn.model import (
    BusinessKnowledgeModel,
    Decision,
    Definitions,
    DrgElement,
    ItemDefinition,
    Reference,
    TableOutput,
    Variable,
)
from apps.decision_tables.engine.dmn.toolbox import Closure, Names, Toolbox
from apps.decision_tables.engine.dmn.types import ModelTypes
from apps.decision_tables.engine.feel.types import FeelType

MAX_IMPORTS = 20


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a reference means: the unit that it is in, the names of imports on the way, and the element."""

    unit: Unit
    path: tuple[str, ...]
    element: DrgElement


class Unit:
    """A model, its types, its elements by id and by name, and its compiled logic (made when first needed)."""

    def __init__(self, definitions: Definitions, others: Mapping[str, Definitions], level: int = 0) -> None:
        self.definitions = definitions
        self.imports: dict[str, Unit] = {}
        self._import_names: dict[str, str] = {}
        for found in definitions.imports:
            other = others.get(found.namespace)
            if other is not None and level < MAX_IMPORTS:
                self.imports[found.name] = Unit(other, others, level + 1)
                self._import_names[found.namespace] = found.name
        self._tools = Toolbox(self._types(), self.member_names(), compile_boxed)
        self._by_id = {element.id: element for element in definitions.elements if element.id}
        self._compiled: dict[int, Closure] = {}

    def _types(self) -> ModelTypes:
        imported = {name: unit.types for name, unit in self.imports.items()}
        return ModelTypes(self.definitions, imported, lambda text: self._tools.tests(text, frozenset({"?"})))

    @property
    def types(self) -> ModelTypes:
        """The types that the model knows."""
        return self._tools.types

    @property
    def feel_types(self) -> Mapping[str, FeelType]:
        """The named types as FEEL expressions see them."""
        found: dict[str, FeelType] = {}
        for unit in self.imports.values():
            found.update(unit.feel_types)
        found.update(self._tools.types.feel)
        return found

    def member_names(self) -> Names:
        """Return the names that may stand behind a dot: components, context entries, and what imports hold."""
        found = set(_names_in(self.definitions))
        for unit in self.imports.values():
            found |= unit.member_names()
        return frozenset(found)

    def named(self, name: str, *kinds: type[DrgElement]) -> DrgElement | None:
        """Return the element of a name or id, of one of the kinds."""
        for element in self.definitions.elements:
            if isinstance(element, kinds) and name in (element.name, element.id):
                return element
        return None

    def resolve(self, reference: Reference) -> Resolved | None:
        """Return what a reference means, none where it leads nowhere."""
        if reference.namespace in self._import_names:
            name = self._import_names[reference.namespace]
            found = self.imports[name].resolve(Reference(reference.id))
            return Resolved(found.unit, (name, *found.path), found.element) if found is not None else None
        element = self._by_id.get(reference.id)
        return Resolved(self, (), element) if element is not None else None

    def logic(self, element: DrgElement) -> Closure:
        """Return the compiled logic of a decision or a business knowledge model."""
        key = id(element)
        if key not in self._compiled:
            self._compiled[key] = self._compile(element)
        return self._compiled[key]

    def _compile(self, element: DrgElement) -> Closure:
        names = frozenset(self._visible(element))
        if isinstance(element, Decision):
            return self._tools.boxed(element.expression, names)
        if isinstance(element, BusinessKnowledgeModel) and element.logic is not None:
            names = names | {element.variable.name}
            wanted = self.types.result_type(element.variable.type_ref)
            return compile_function(element.logic, names, self._tools, wanted)
        return self._tools.boxed(None, names)

    def _visible(self, element: DrgElement) -> Iterator[str]:
        for reference in getattr(element, "requirements", ()):
            found = self.resolve(reference)
            if found is not None:
                yield from found.path
                yield found.element.variable.name


def _names_in(value: object) -> Iterator[str]:
    """Yield the names of variables, components and elements in a part of a model that a parser has to know."""
    if isinstance(value, tuple):
        for part in value:
            yield from _names_in(part)
    elif is_dataclass(value) and not isinstance(value, type):
        if isinstance(value, (Variable, ItemDefinition, TableOutput, DrgElement)) and _needs_knowing(value.name):
            yield value.name
        for field in fields(value):
            yield from _names_in(getattr(value, field.name))


def _needs_knowing(name: str) -> bool:
    """Plain words are read as they are, and what looks like a path is one, unless the name itself is in scope."""
    return not name.isidentifier() and "." not in name
