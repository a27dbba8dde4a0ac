"""DMN models written small: only what differs from model to model."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from apps.decision_tables.engine.dmn.evaluation import DmnModel
from apps.decision_tables.engine.dmn.model import Definitions
from apps.decision_tables.engine.feel.values import Value
from apps.decision_tables.interchange.dmn.reading import read_definitions

MODEL = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def file(inside: str, *, namespace: str = "urn:test", model: str = MODEL, extra: str = "") -> bytes:
    return f'<definitions xmlns="{model}" name="test" namespace="{namespace}" {extra}>{inside}</definitions>'.encode()


def read(inside: str, **options: str) -> Definitions:
    return read_definitions(file(inside, **options))


def model(inside: str, *others: Definitions, extra: str = "") -> DmnModel:
    return DmnModel(read(inside, extra=extra), {other.namespace: other for other in others})


def text(expression: str, tag: str = "literalExpression", attributes: str = "") -> str:
    return f"<{tag} {attributes}><text>{escape(expression)}</text></{tag}>"


def given(name: str, type_ref: str = "") -> str:
    return (
        f'<inputData id="{_id(name)}" name="{name}"><variable name="{name}" typeRef={quoteattr(type_ref)}/></inputData>'
    )


def decision(name: str, logic: str, *, needs: tuple[str, ...] = (), type_ref: str = "") -> str:
    variable = f'<variable name="{name}" typeRef="{type_ref}"/>'
    return f'<decision id="{_id(name)}" name="{name}">{variable}{requirements(needs)}{logic}</decision>'


def function(name: str, logic: str, *parameters: str, needs: tuple[str, ...] = (), type_ref: str = "") -> str:
    """A business knowledge model; a parameter is ``name`` or ``name:type``."""
    variable = f'<variable name="{name}" typeRef="{type_ref}"/>'
    inside = f"<encapsulatedLogic>{formal(parameters)}{logic}</encapsulatedLogic>"
    return (
        f'<businessKnowledgeModel id="{_id(name)}" name="{name}">{variable}{inside}{requirements(needs)}'
        "</businessKnowledgeModel>"
    )


def formal(parameters: tuple[str, ...]) -> str:
    pairs = [parameter.partition(":") for parameter in parameters]
    return "".join(f'<formalParameter name="{name}" typeRef="{type_ref}"/>' for name, _, type_ref in pairs)


def requirements(needs: tuple[str, ...]) -> str:
    return "".join(
        f'<informationRequirement><requiredDecision href="{name if "#" in name else f"#{_id(name)}"}"/>'
        "</informationRequirement>"
        for name in needs
    )


def _id(name: str) -> str:
    return f"_{name.replace(' ', '_')}"


def table(policy: str, columns: str, *rules: str, aggregation: str = "") -> str:
    """A decision table; a rule is its cells, ``tests | outputs``, separated by semicolons."""
    attributes = f'hitPolicy="{policy}"' + (f' aggregation="{aggregation}"' if aggregation else "")
    rows = []
    for rule in rules:
        tests, _, outputs = rule.partition(" | ")
        cells = [text(cell.strip(), "inputEntry") for cell in tests.split(";")]
        cells += [text(cell.strip(), "outputEntry") for cell in outputs.split(";")]
        rows.append(f"<rule>{''.join(cells)}</rule>")
    return f"<decisionTable {attributes}>{columns}{''.join(rows)}</decisionTable>"


def asks(expression: str, type_ref: str = "", values: str = "") -> str:
    inner = text(expression, "inputExpression", f"typeRef={quoteattr(type_ref)}")
    return f"<input>{inner}{text(values, 'inputValues') if values else ''}</input>"


def gives(name: str = "", type_ref: str = "", values: str = "", default: str = "") -> str:
    inside = text(values, "outputValues") if values else ""
    inside += text(default, "defaultOutputEntry") if default else ""
    return f'<output name="{name}" typeRef="{type_ref}">{inside}</output>'


def worth(logic: str, inputs: Mapping[str, Any] | None = None, *, type_ref: str = "", inside: str = "") -> Value:
    """What a decision with this logic is worth; every input is known to it."""
    values = {name: typed(value) for name, value in (inputs or {}).items()}
    parts = "".join(given(name) for name in values) + inside
    return model(parts + decision("answer", logic, needs=tuple(values), type_ref=type_ref)).decide("answer", values)


def typed(value: Any) -> Any:
    if isinstance(value, list):
        return [typed(item) for item in value]
    if isinstance(value, dict):
        return {name: typed(item) for name, item in value.items()}
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
