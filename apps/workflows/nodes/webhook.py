"""Webhook trigger: an HTTP call starts the workflow."""

from __future__ import annotations

from collections.abc import Mapping

from apps.workflows.engine.allow_lists import address_faults, origin_faults
from apps.workflows.engine.items import ItemBatch
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
from apps.workflows.engine.webhook_paths import path_faults
from apps.workflows.nodes.support.parameters import name_value_list
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonValue

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")


@register_node
class WebhookNode(NodeType):
    """Starts a run for every call of its address. The receiver builds the item."""

    type = "webhook"
    display_name = "Webhook"
    description = "Starts the workflow when its web address is called, and can answer the caller."
    group = "trigger"
    icon = "webhook"
    color = "trigger"
    inputs = ()
    outputs = (Port(MAIN, description="One item: {method, path, headers, params, query, body}"),)
    credential_kinds = ("basic", "header", "hmac", "jwt")
    capabilities = Capabilities(supports_retry=False, supports_webhook=True)
    is_trigger = True
    summary = "{methods} /{path}"
    parameters = (
        Parameter(
            "path",
            "Path",
            required=True,
            placeholder="orders/:id",
            description="The address is /webhook/ and this path. A segment like :id becomes params.id.",
            supports_expressions=False,
            validation={"min_length": 1, "max_length": 300},
        ),
        Parameter(
            "methods",
            "Methods",
            type="multiselect",
            default_value=["POST"],
            options=[Option(method, method) for method in METHODS] + [Option("ANY", "Any of them")],
            supports_expressions=False,
        ),
        Parameter(
            "auth",
            "Who may call",
            type="select",
            default_value="none",
            options=[
                Option("none", "Everybody"),
                Option("basic", "User name and password", "Checked against the node's basic credential."),
                Option("header", "Secret header", "Checked against the node's header credential."),
                Option("hmac", "Signature (HMAC)", "Over the body as it came, as GitHub, Stripe or Slack sign."),
                Option("jwt", "Signed token (JWT)", "Its claims are in the item as jwt."),
            ],
            supports_expressions=False,
        ),
        Parameter(
            "response_mode",
            "Answer",
            type="select",
            default_value="immediately",
            options=[
                Option("immediately", "At once", "202 with the execution's id; the run goes on by itself."),
                Option("last_node", "When the last node has finished", "The answer holds its items."),
                Option("respond_node", "By a Respond to webhook node", "That node says what is answered."),
                Option("streaming", "Piece by piece", "Each Respond to webhook node adds to the answer as it runs."),
            ],
            supports_expressions=False,
        ),
        Parameter(
            "response_code",
            "Status code",
            type="number",
            description="200 to 599. Empty: 202 at once, otherwise 200.",
            display_if={"response_mode": ["immediately", "last_node", "streaming"]},
            supports_expressions=False,
            validation={"min": 200, "max": 599},
        ),
        Parameter(
            "response_data",
            "Body of the answer",
            type="select",
            default_value="first_item",
            options=[
                Option("first_item", "First item"),
                Option("all_items", "All items", "Always a list."),
                Option("no_body", "No body"),
            ],
            display_if={"response_mode": ["last_node"]},
            supports_expressions=False,
        ),
        name_value_list(
            "response_headers",
            "Headers of the answer",
            display_if={"response_mode": ["immediately", "last_node", "streaming"]},
            supports_expressions=False,
        ),
        Parameter(
            "stream_format",
            "Pieces",
            type="select",
            default_value="ndjson",
            options=[
                Option("ndjson", "Lines of JSON", "One for each item."),
                Option("text", "Text", "As the nodes write it."),
            ],
            display_if={"response_mode": ["streaming"]},
            supports_expressions=False,
        ),
        Parameter(
            "raw_body",
            "Keep the body as text",
            type="boolean",
            default_value=False,
            description="Do not read JSON or form fields; body is the text as it came.",
            supports_expressions=False,
        ),
        Parameter(
            "allowed_addresses",
            "Only from these addresses",
            default_value="",
            placeholder="203.0.113.7, 2001:db8::/32",
            description="Addresses and networks. Empty: from everywhere.",
            supports_expressions=False,
            validation={"max_length": 8_000},
        ),
        Parameter(
            "allowed_origins",
            "Pages that may call (CORS)",
            default_value="",
            placeholder="https://shop.example",
            description="Web origins, or * for all. Empty: pages of other origins cannot read the answer.",
            supports_expressions=False,
            validation={"max_length": 8_000},
        ),
        Parameter(
            "dedupe_key",
            "Take only once",
            default_value="",
            placeholder="={{ $json.headers['x-github-delivery'] }}",
            description="An expression over the call. A second call with the same value starts nothing.",
        ),
        Parameter(
            "dedupe_hours",
            "For so many hours",
            type="number",
            default_value=24,
            description="So long a value is remembered.",
            supports_expressions=False,
            validation={"min": 0, "max": 8_784},
        ),
    )
    example = {"path": "orders/:id", "methods": ["POST"], "response_mode": "last_node"}
    documentation = """
Gives the workflow a web address: `/webhook/` followed by the path. It answers as soon as the workflow is
active. A method and path can belong to one active workflow only.

**Out:** one item `{method, path, headers, params, query, body}`. Header names are lower-case. `body` is
read by its content type: JSON, form fields or text. Files are kept and referred to in `binary`: those of a form under
the names of their fields, any other body that is no text under `data`. A checked token adds its claims as `jwt`.

**Answers.** *At once* answers 202 with `{execution_id, status}`. *When the last node has finished* answers
with that node's items. With *By a Respond to webhook node* the first such node that runs decides; a run
that reaches none is answered with an error. *Piece by piece* sends what each such node says while the run goes on, up
to its first wait.

**Twice:** with *Take only once* a call whose value came before is answered with the first run's `execution_id` and
`duplicate: true`. Calls for which the value is empty always start a run.

**Trap:** a caller that must not wait should use *At once*; the other two hold the call until the run ends.
"""

    @classmethod
    def check(cls, parameters: Mapping[str, JsonValue]) -> dict[str, list[str]]:
        faults: dict[str, list[str]] = {}
        path = parameters.get("path")
        if isinstance(path, str) and path and (wrong := path_faults(path)):
            faults["path"] = wrong
        for name, find in (("allowed_addresses", address_faults), ("allowed_origins", origin_faults)):
            given = parameters.get(name)
            if isinstance(given, str) and (wrong := find(given)):
                faults[name] = wrong
        if parameters.get("methods") == []:
            faults["methods"] = ["Choose at least one method."]
        return faults

    def run(self, context: NodeContext) -> NodeResult:
        return single(context.items if len(context.items) else ItemBatch.of([{}]))
