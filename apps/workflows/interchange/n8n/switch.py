"""Switch 1–3."""

from __future__ import annotations

from typing import Any

from apps.workflows.interchange.cleaning import unique
from apps.workflows.interchange.n8n.condition_reading import loose_conditions, new_conditions, old_condition
from apps.workflows.interchange.n8n.converting import Converted, Source, converts
from apps.workflows.interchange.n8n.reading import Reader, Unmapped
from exprsn.kernel.jsonvalue import JsonObject

MAX_NAME = 100
MAX_OUTPUTS = 50


@converts("switch")
def convert_switch(source: Source) -> Converted:
    """Switch: an output for each rule, or an expression that gives its number."""
    mode = source.parameters.fixed("mode", "rules", "rules", "expression")
    if mode == "expression":
        return _by_expression(source)
    return _old_rules(source) if source.version < 3 else _new_rules(source)


def _by_expression(source: Source) -> Converted:
    parameters = source.parameters
    parameters.ignore("rules", "options", "dataType", "value1", "fallbackOutput", "looseTypeValidation")
    name = "numberOutputs" if source.version >= 3 else "outputsAmount"
    count = int(parameters.number(name, 4))
    if not 1 <= count <= MAX_OUTPUTS:
        raise Unmapped(f"At most {MAX_OUTPUTS} outputs are supported.")
    output = parameters.value("output", 0)
    return Converted(
        "switch",
        {"mode": "expression", "output_count": count, "output": output},
        outputs=[f"output_{number}" for number in range(count)],
    )


def _new_rules(source: Source) -> Converted:
    parameters = source.parameters
    parameters.ignore("output", "numberOutputs")
    options = parameters.inner("options")
    options.ignore("renameFallbackOutput")
    loose = parameters.flag("looseTypeValidation") or options.flag("looseTypeValidation")
    ignore_case = options.flag("ignoreCase") if "ignoreCase" in options else None
    entries = parameters.entries("rules", "values") or parameters.entries("rules", "rules")
    rules, outputs = [], []
    taken = {"fallback", "error"}
    for number, entry in enumerate(entries[: MAX_OUTPUTS + 1]):
        key = entry.get("outputKey") if entry.get("renameOutput") else None
        outputs.append(unique(str(key or f"output_{number}"), taken, MAX_NAME))
        conditions = new_conditions(
            Reader(entry.get("conditions"), f"rules[{number}]."), loose=loose, ignore_case=ignore_case
        )
        rules.append({"conditions": conditions, "output_name": outputs[-1]})
    fallback = options.value("fallbackOutput", "none")
    return _switch(rules, outputs, fallback, send_to_all=options.flag("allMatchingOutputs"))


def _switch(rules: list[Any], outputs: list[str], fallback: Any, *, send_to_all: bool) -> Converted:
    if len(rules) > MAX_OUTPUTS:
        raise Unmapped(f"At most {MAX_OUTPUTS} outputs are supported.")
    made: JsonObject = {"mode": "rules", "rules": rules, "send_to_all": send_to_all, "fallback": "none"}
    if fallback == "extra":
        return Converted("switch", {**made, "fallback": "extra"}, outputs=[*outputs, "fallback"])
    if isinstance(fallback, int) and 0 <= fallback < len(rules):
        made |= {"fallback": "output", "fallback_index": fallback}
    elif fallback not in ("none", -1, ""):
        raise Unmapped(f"The fallback output {str(fallback)[:40]!r} is not one of the rules' outputs.")
    return Converted("switch", made, outputs=outputs)


def _old_rules(source: Source) -> Converted:
    """Switch 1 and 2: every rule compares the same value; in version 1 a rule names its output's number."""
    parameters = source.parameters
    parameters.ignore("output", "outputsAmount", "options")
    kind = parameters.fixed("dataType", "number")
    left = parameters.value("value1")
    entries = parameters.entries("rules", "rules")
    groups: list[tuple[int, list[JsonObject]]] = []
    for number, entry in enumerate(entries):
        output = entry.get("output", 0) if source.version < 2 else number
        made = old_condition(kind, entry, left)
        if groups and groups[-1][0] == output:
            groups[-1][1].append(made)
        else:
            groups.append((output, [made]))
    numbers = [number for number, _ in groups]
    if not all(isinstance(number, int) and 0 <= number < MAX_OUTPUTS for number in numbers):
        raise Unmapped(f"An output of a rule is not a number below {MAX_OUTPUTS}.")
    if len(set(numbers)) != len(numbers):
        raise Unmapped("Rules for the same output that are not next to each other are not supported.")
    names = {number: f"output_{number}" for number in numbers}
    rules = [
        {"conditions": loose_conditions(conditions, any_of_them=True), "output_name": names[number]}
        for number, conditions in groups
    ]
    return _old_switch(source, rules, names)


def _old_switch(source: Source, rules: list[Any], names: dict[int, str]) -> Converted:
    fallback = source.parameters.value("fallbackOutput", -1)
    if isinstance(fallback, str) and fallback.lstrip("-").isdecimal():
        fallback = int(fallback[:5])
    if isinstance(fallback, int) and fallback in names:
        converted = _switch(rules, list(names.values()), list(names).index(fallback), send_to_all=False)
    elif isinstance(fallback, int) and 0 <= fallback < MAX_OUTPUTS:
        names = {**names, fallback: "fallback"}
        converted = _switch(rules, list(names.values()), "extra", send_to_all=False)
    else:
        converted = _switch(rules, list(names.values()), fallback, send_to_all=False)
    converted.outputs = [names.get(number, "") for number in range(max([3, *names]) + 1)]
    return converted
