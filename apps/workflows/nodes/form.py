"""Form trigger: a hosted page with a form starts the workflow."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from apps.pages.contracts.examples import example_value
from apps.pages.contracts.field_faults import field_faults
from apps.pages.contracts.fields import CHOICES, FIELD_TYPES, MAX_FIELDS, MAX_OPTIONS, read_fields
from apps.workflows.engine.items import Item, ItemBatch
from apps.workflows.engine.node_type import (
    MAIN,
    Capabilities,
    NodeContext,
    NodeResult,
    NodeType,
    Option,
    Parameter,
    Port,
    single,
)
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonValue

_PATH = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_BOUNDED: dict[str, Any] = {"type": ["number", "date"]}
_TYPED: dict[str, Any] = {"type": ["text", "textarea", "email", "password", "hidden"]}


def _plain(name: str, label: str, **more: Any) -> Parameter:
    """A parameter of a page that is made when the workflow is activated: nothing can be evaluated by then."""
    return Parameter(name, label, supports_expressions=False, **more)


FIELD_PARAMETERS: Sequence[Parameter] = (
    _plain("name", "Name", required=True, description="The key of the answer in the item."),
    _plain("label", "Label", description="What stands above the field. Empty: the name."),
    _plain(
        "type",
        "Type",
        type="select",
        default_value="text",
        options=[Option(value, name) for value, name in FIELD_TYPES.items()],
    ),
    _plain("required", "Required", type="boolean", default_value=False),
    _plain(
        "options",
        "Options",
        type="list",
        display_if={"type": sorted(CHOICES)},
        validation={"max": MAX_OPTIONS},
        fields=(_plain("value", "Value", required=True), _plain("label", "Label")),
    ),
    _plain("placeholder", "Placeholder"),
    _plain("help", "Help", description="Stands below the label."),
    _plain("default", "Default", type="json", description="What stands in the field at first."),
    _plain("min", "At least", display_if=_BOUNDED, description="A number, or a date such as 2026-01-31."),
    _plain("max", "At most", display_if=_BOUNDED),
    _plain("min_length", "Shortest length", type="number", display_if=_TYPED),
    _plain("max_length", "Longest length", type="number", display_if=_TYPED),
    _plain("pattern", "Pattern", display_if=_TYPED, description="A regular expression for the whole answer."),
)


@register_node
class FormNode(NodeType):
    """Starts a run for every submission of its page. ``apps.pages`` hosts the page and checks the answers."""

    type = "form"
    display_name = "Form"
    description = "Starts the workflow when somebody fills in its form, which has a page of its own."
    group = "trigger"
    icon = "clipboard-list"
    color = "trigger"
    inputs = ()
    outputs = (Port(MAIN, description="One item: {…answers by name, submittedAt, formMode}"),)
    capabilities = Capabilities(supports_retry=False)
    is_trigger = True
    summary = "/forms/{path}"
    parameters = (
        _plain(
            "path",
            "Path",
            required=True,
            placeholder="contact-us",
            description="The address of the page is /forms/ and this path: letters, digits, hyphens, underscores.",
            validation={"max_length": 100},
        ),
        _plain("title", "Title", description="Empty: the workflow's name.", validation={"max_length": 200}),
        _plain("description", "Description", validation={"max_length": 5_000}),
        _plain(
            "fields",
            "Fields",
            type="list",
            default_value=[],
            validation={"max": MAX_FIELDS},
            fields=FIELD_PARAMETERS,
        ),
        _plain("submit_label", "Words on the button", placeholder="Send", validation={"max_length": 100}),
        _plain(
            "response_mode",
            "Answer",
            type="select",
            default_value="immediately",
            options=[
                Option("immediately", "At once", "The page says thank you; the run goes on by itself."),
                Option(
                    "when_finished",
                    "When the workflow is done",
                    "The page waits for the run, and shows what a Respond to webhook node says.",
                ),
            ],
        ),
        _plain("thanks", "Thanks", description="What the page says afterwards.", validation={"max_length": 5_000}),
        _plain(
            "redirect_url",
            "Go to",
            placeholder="https://example.com/thanks",
            description="An address that is opened afterwards instead of the thanks.",
            validation={"max_length": 2_000},
        ),
    )
    example = {
        "path": "contact-us",
        "title": "Contact us",
        "fields": [
            {"name": "name", "label": "Your name", "required": True},
            {"name": "email", "label": "E-mail", "type": "email", "required": True},
            {"name": "topic", "label": "Topic", "type": "select", "options": [{"value": "sales", "label": "Sales"}]},
        ],
        "thanks": "We will write to you soon.",
    }
    documentation = """
Gives the workflow a page at `/forms/` followed by the path, for anybody who has the address. It can be reached as
soon as the workflow is active. A path can belong to one open form only.

**Out:** one item with the answers by the names of the fields, `submittedAt` and `formMode` (`production`, or `test`
for a run by hand). Numbers are numbers, a checkbox is true or false, a choice of several is a list; what was not
answered is an empty text, an empty list, false or null.

**Answers.** *At once* shows the thanks or goes to the address. With *When the workflow is done* the page waits and
shows the text of the first Respond to webhook node that runs, or goes where that node redirects; without one it says
thank you when the run has ended.

**By hand** the node makes up answers from the declared fields, so that what follows can be tried.

**Trap:** passwords are handed to the workflow and stand in the run's data; the list of submissions leaves them out.
"""

    @classmethod
    def check(cls, parameters: Mapping[str, JsonValue]) -> dict[str, list[str]]:
        faults: dict[str, list[str]] = {}
        path = parameters.get("path")
        if isinstance(path, str) and path and not _PATH.fullmatch(path):
            faults["path"] = ["Letters, digits, hyphens and underscores only, as in contact-us."]
        address = parameters.get("redirect_url")
        if isinstance(address, str) and address and not address.lower().startswith(("https://", "http://")):
            faults["redirect_url"] = ["Give an address that begins with https:// or http://."]
        return faults | field_faults(parameters.get("fields") or [])

    def run(self, context: NodeContext) -> NodeResult:
        if any(item.json for item in context.items):
            return single(context.items)
        return single(ItemBatch([Item(_example(context))]))


def _example(context: NodeContext) -> dict[str, Any]:
    declared = context.raw("fields") or []
    fields = [] if field_faults(declared) else read_fields(declared)
    values = {field.name: example_value(field) for field in fields}
    return {**values, "submittedAt": context.ports.clock.now().isoformat(), "formMode": "test"}
