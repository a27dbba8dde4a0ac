"""Form trigger 1–2.x."""

from __future__ import annotations

import re
from typing import Any

from apps.workflows.interchange.n8n.converting import Converted, Source, converts
from apps.workflows.interchange.n8n.reading import Reader, Unmapped, is_expression
from exprsn.kernel.jsonvalue import JsonObject

_MODES = {"onReceived": "immediately", "lastNode": "when_finished", "responseNode": "when_finished"}
_TYPES = {
    "text": "text",
    "textarea": "textarea",
    "number": "number",
    "date": "date",
    "email": "email",
    "password": "password",
    "dropdown": "select",
    "radio": "radio",
    "checkbox": "multiselect",
    "hiddenField": "hidden",
}
_LEFT_OUT = {
    "file": "The field “{label}” takes files, which forms cannot do yet; it was left out.",
    "html": "The field “{label}” shows markup, which forms do not; it was left out.",
}
MAX_PATH = 100


@converts("formTrigger")
def convert_form(source: Source) -> Converted:
    """Form trigger: its page, its fields, what follows."""
    parameters = source.parameters
    options = parameters.inner("options")
    warnings = _options(options)
    parameters.fixed("authentication", "none", "none")
    made: JsonObject = {
        "path": _path(source, options),
        "title": _fixed_text(parameters, "formTitle"),
        "description": _fixed_text(parameters, "formDescription"),
        "fields": [*form_fields(parameters, warnings)],
        "submit_label": _fixed_text(options, "buttonLabel"),
        "response_mode": _MODES[parameters.fixed("responseMode", "onReceived", *_MODES)],
        **after_sending(options),
    }
    return Converted("form", made, inputs=(), warnings=warnings)


def form_fields(parameters: Reader, warnings: list[str]) -> list[JsonObject]:
    """The fields that a form asks for; what cannot be asked is left out with a warning."""
    entries = parameters.entries("formFields", "values")
    fields = [_field(Reader(entry, f"formFields[{at}]."), at, warnings) for at, entry in enumerate(entries)]
    return [field for field in fields if field is not None]


def _path(source: Source, options: Reader) -> str:
    """The path that it had, else what the address was made of; signs that our addresses lack become hyphens."""
    own = options.fixed("path", "") or source.parameters.fixed("path", "")
    found = own or str(source.raw.get("webhookId") or source.raw.get("id") or "")
    path = re.sub(r"[^A-Za-z0-9_-]+", "-", found).strip("-_")[:MAX_PATH]
    if not path:
        raise Unmapped("The form has no path.")
    return path


def _options(options: Reader) -> list[str]:
    if options.text("ipWhitelist"):
        raise Unmapped("The option ipWhitelist is not supported.")
    options.ignore("appendAttribution", "useWorkflowTimezone")
    warnings = []
    if options.flag("ignoreBots"):
        warnings.append("Bots are not kept out by name; a field that only they fill in takes its place.")
    if options.text("customCss"):
        warnings.append("The form's own CSS was left out: forms look as the product does.")
    return warnings


def _fixed_text(reader: Reader, name: str) -> str:
    text = reader.text(name)
    if is_expression(text):
        raise Unmapped(f"{name} is an expression, but the page of a form is made before anything can be evaluated.")
    return text.removeprefix("=")


def after_sending(options: Reader) -> JsonObject:
    """What the page says or where it goes afterwards."""
    values = options.inner("respondWithOptions").inner("values")
    kind = values.fixed("respondWith", "text", "text", "redirect")
    if kind == "redirect":
        values.ignore("formSubmittedText")
        return {"redirect_url": _fixed_text(values, "redirectUrl")}
    values.ignore("redirectUrl")
    return {"thanks": _fixed_text(values, "formSubmittedText")}


def _field(entry: Reader, number: int, warnings: list[str]) -> JsonObject | None:
    """A field; answers keep the label as their name, so that expressions go on meaning them."""
    label = _fixed_text(entry, "fieldLabel")
    name = (_fixed_text(entry, "fieldName") or label or f"field-{number + 1}")[:200]
    kind = entry.fixed("fieldType", "text", *_TYPES, *_LEFT_OUT)
    if kind in _LEFT_OUT:
        warnings.append(_LEFT_OUT[kind].format(label=label or name))
        return None
    made: JsonObject = {
        "name": name,
        "label": label or name,
        "type": "multiselect" if kind == "dropdown" and entry.flag("multiselect") else _TYPES[kind],
    }
    if entry.flag("requiredField"):
        made["required"] = True
    made |= _look(entry, name, warnings)
    if options := _choices(entry):
        made["options"] = [*options]
    if entry.value("limitSelection", "unlimited") != "unlimited":
        warnings.append(f"The field “{name}” takes any number of choices.")
    return made


def _look(entry: Reader, name: str, warnings: list[str]) -> JsonObject:
    """What stands in the field at first; what would have to be evaluated is left out."""
    found: JsonObject = {}
    for theirs, ours in (("placeholder", "placeholder"), ("defaultValue", "default"), ("fieldValue", "default")):
        text = entry.text(theirs)
        if is_expression(text):
            warnings.append(f"The {ours} of the field “{name}” is an expression and was left out.")
        elif text:
            found[ours] = text.removeprefix("=")[:1_000]
    return found


def _choices(entry: Reader) -> list[dict[str, Any]]:
    listed = entry.entries("fieldOptions", "values")
    names = [str(option["option"]).removeprefix("=") for option in listed if option.get("option") not in (None, "")]
    return [{"value": name, "label": name} for name in dict.fromkeys(names)]
