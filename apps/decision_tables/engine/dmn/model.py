"""The parts of a DMN model as plain values: what the XML says, nothing of how it is evaluated.

Texts of expressions are kept as they were written; ``compiling`` parses each when it is first needed, so that one
broken expression spoils only the decision that it belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reference:
    """Where an ``href`` points: an id, and the namespace of its model when that is another one."""

    id: str
    namespace: str = ""


@dataclass(frozen=True, slots=True)
class Variable:
    """A typed name: what a decision, an input or a context entry is known by."""

    name: str
    type_ref: str = ""


@dataclass(frozen=True, slots=True)
class Expression:
    """Any boxed expression; ``type_ref`` is the type that the author promised."""

    type_ref: str = ""


@dataclass(frozen=True, slots=True)
class LiteralExpression(Expression):
    """A text in an expression language; ``feel`` is false for languages that are not evaluated here."""

    text: str = ""
    feel: bool = True


@dataclass(frozen=True, slots=True)
class TableInput:
    """One input column of a decision table: what is tested, and which values are allowed (unary tests)."""

    expression: str = ""
    type_ref: str = ""
    values: str = ""
    label: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class TableOutput:
    """One output column; ``values`` (comma-separated expressions) gives the order of priorities as well."""

    name: str = ""
    type_ref: str = ""
    values: str = ""
    default: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class TableRule:
    """One row: unary tests, then output expressions, then annotations, in the order of the columns.

    ``feel`` is false where a cell is in a language that is not evaluated here: such a rule never matches.
    """

    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    annotations: tuple[str, ...] = ()
    id: str = ""
    description: str = ""
    feel: bool = True


@dataclass(frozen=True, slots=True)
class DecisionTableExpression(Expression):
    """A decision table as DMN has it."""

    inputs: tuple[TableInput, ...] = ()
    outputs: tuple[TableOutput, ...] = ()
    rules: tuple[TableRule, ...] = ()
    hit_policy: str = "UNIQUE"
    aggregation: str = ""
    annotation_names: tuple[str, ...] = ()
    output_label: str = ""


@dataclass(frozen=True, slots=True)
class ContextEntry:
    """One entry of a boxed context; without a variable it is the result cell."""

    variable: Variable | None
    expression: Expression | None


@dataclass(frozen=True, slots=True)
class ContextExpression(Expression):
    """Named entries, of which later ones see earlier ones."""

    entries: tuple[ContextEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Binding:
    """One argument of a boxed invocation."""

    parameter: str
    expression: Expression | None


@dataclass(frozen=True, slots=True)
class Invocation(Expression):
    """A call of what ``function`` gives, by names of parameters."""

    function: Expression | None = None
    bindings: tuple[Binding, ...] = ()


@dataclass(frozen=True, slots=True)
class FunctionDefinition(Expression):
    """A function with named, typed parameters; kinds other than FEEL give null."""

    parameters: tuple[Variable, ...] = ()
    body: Expression | None = None
    kind: str = "FEEL"


@dataclass(frozen=True, slots=True)
class Relation(Expression):
    """Rows of cells under named columns: a list of contexts."""

    columns: tuple[Variable, ...] = ()
    rows: tuple[tuple[Expression | None, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ListExpression(Expression):
    """A boxed list."""

    items: tuple[Expression | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Conditional(Expression):
    """A boxed if, then, else."""

    condition: Expression | None = None
    then: Expression | None = None
    otherwise: Expression | None = None


@dataclass(frozen=True, slots=True)
class Iterator(Expression):
    """A boxed ``for``, ``some`` or ``every`` (``kind``) over a list or a range."""

    kind: str = "for"
    variable: Variable = Variable("")
    source: Expression | None = None
    body: Expression | None = None


@dataclass(frozen=True, slots=True)
class Filter(Expression):
    """A boxed filter: those items of ``source`` for which ``match`` is true."""

    source: Expression | None = None
    match: Expression | None = None


@dataclass(frozen=True, slots=True)
class ItemDefinition:
    """A named type: a reference with constraints, a structure of components, a collection or a function."""

    name: str
    type_ref: str = ""
    components: tuple[ItemDefinition, ...] = ()
    is_collection: bool = False
    allowed_values: str = ""
    type_constraint: str = ""
    function_parameters: tuple[Variable, ...] | None = None
    function_output: str = ""


@dataclass(frozen=True, slots=True)
class DrgElement:
    """What a decision requirements graph is made of."""

    id: str
    name: str
    variable: Variable
    label: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class InputData(DrgElement):
    """A value that the caller gives."""


@dataclass(frozen=True, slots=True)
class Decision(DrgElement):
    """A decision: its logic, and what it may see."""

    expression: Expression | None = None
    requirements: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class BusinessKnowledgeModel(DrgElement):
    """A function that decisions may call when they require it."""

    logic: FunctionDefinition | None = None
    requirements: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionService(DrgElement):
    """Decisions behind one door: parameters are input data and input decisions, in that order."""

    outputs: tuple[Reference, ...] = ()
    encapsulated: tuple[Reference, ...] = ()
    input_decisions: tuple[Reference, ...] = ()
    input_data: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Import:
    """Another DMN model whose elements are used under ``name``; an empty name puts them among one's own."""

    name: str
    namespace: str
    location: str = ""


@dataclass(frozen=True, slots=True)
class Definitions:
    """One DMN file."""

    name: str = ""
    namespace: str = ""
    item_definitions: tuple[ItemDefinition, ...] = ()
    elements: tuple[DrgElement, ...] = ()
    imports: tuple[Import, ...] = ()
    prefixes: Mapping[str, str] = field(default_factory=dict)
