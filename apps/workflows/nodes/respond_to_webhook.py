"""Respond to webhook: says what the caller gets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.workflows.engine.node_type import (
    MAIN,
    Capabilities,
    NodeContext,
    NodeError,
    NodeResult,
    NodeType,
    Option,
    Parameter,
    WebResponse,
)
from apps.workflows.nodes.support.headers import header_map
from apps.workflows.nodes.support.parameters import (
    json_value,
    name_value_list,
    name_value_pairs,
    whole_number,
)
from apps.workflows.nodes.support.paths import BadPath, with_path
from apps.workflows.nodes.support.values import text_of
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonObject


@register_node
class RespondToWebhookNode(NodeType):
    """Answers the webhook call that started the run; the first one of a run wins."""

    type = "respond_to_webhook"
    ordered = True
    display_name = "Respond to webhook"
    description = "Answers the caller of the webhook that started the run."
    group = "flow"
    icon = "reply"
    color = "http"
    capabilities = Capabilities(supports_retry=False, supports_webhook=True)
    summary = "{respond_with} · {response_code}"
    parameters = (
        Parameter(
            "respond_with",
            "Answer with",
            type="select",
            default_value="first_item",
            options=[
                Option("first_item", "First item"),
                Option("all_items", "All items"),
                Option("json", "JSON", "A body of your own."),
                Option("text", "Text"),
                Option("file", "File", "Of the first item."),
                Option("redirect", "Redirect"),
                Option("no_data", "No body"),
            ],
            supports_expressions=False,
        ),
        Parameter(
            "json_body",
            "JSON",
            type="json",
            default_value={},
            display_if={"respond_with": ["json"]},
        ),
        Parameter("text_body", "Text", default_value="", display_if={"respond_with": ["text"]}),
        Parameter(
            "file_property",
            "File in",
            default_value="data",
            description="The name under which the item has it.",
            display_if={"respond_with": ["file"]},
        ),
        Parameter(
            "redirect_url",
            "Address",
            required=True,
            default_value="",
            display_if={"respond_with": ["redirect"]},
        ),
        Parameter(
            "response_field",
            "Put the items in a field",
            default_value="",
            description="Empty: the items themselves are the body.",
            display_if={"respond_with": ["first_item", "all_items"]},
        ),
        Parameter(
            "response_code",
            "Status code",
            type="number",
            description="200 to 599. Empty: 200, or 307 for a redirect.",
            validation={"min": 200, "max": 599},
        ),
        name_value_list("response_headers", "Headers"),
    )
    example = {"respond_with": "json", "json_body": "={{ {ok: true, id: $json.id} }}", "response_code": 201}
    documentation = """
For workflows whose webhook answers *By a Respond to webhook node*. The caller is answered when the run
reaches this node; what follows it goes on afterwards. Only the first answer of a run counts.

Bodies and headers are evaluated once, for the first item. Text is sent as `text/plain` unless a
`Content-Type` header says otherwise; a file with its own type and as a download. The items pass through unchanged.

Where the webhook answers *Piece by piece*, each run of the node adds to the answer: a line of JSON for each item that
it answers with, or its text. Status and headers are the webhook's then.
"""

    def run(self, context: NodeContext) -> NodeResult:
        pairs = name_value_pairs(context.param("response_headers"), item=0, parameter="response_headers")
        headers = header_map(pairs, item=0, parameter="response_headers")
        kind = context.param("respond_with")
        status = 307 if kind == "redirect" else 200
        if context.param("response_code") not in (None, ""):
            status = whole_number(
                context.param("response_code"), least=200, most=599, item=0, parameter="response_code"
            )
        if kind == "redirect":
            headers = {**headers, "location": _address(context)}
        file = _file(context) if kind == "file" else None
        response = WebResponse(status, headers, _body(context, kind), is_text=kind == "text", file=file)
        return NodeResult({MAIN: context.items.select(range(len(context.items)))}, response=response)


def _address(context: NodeContext) -> str:
    address: Mapping[str, str] = header_map(
        [("location", context.param("redirect_url"))], item=0, parameter="redirect_url"
    )
    return address["location"]


def _file(context: NodeContext) -> JsonObject:
    name = text_of(context.param("file_property")) or "data"
    held = context.items[0].binary if context.items else None
    found = (held or {}).get(name)
    if not isinstance(found, dict):
        told = f"The first item has no file under {name!r}."
        raise NodeError(told, kind="file_missing", item=0, parameter="file_property")
    return found


def _body(context: NodeContext, kind: str) -> Any:
    if kind == "text":
        return text_of(context.param("text_body"))
    if kind == "json":
        return json_value(context.param("json_body"), item=0, parameter="json_body")
    if kind not in ("first_item", "all_items"):
        return None
    objects = [item.json for item in context.items]
    body: Any = objects if kind == "all_items" else (objects[0] if objects else {})
    field = text_of(context.param("response_field"))
    if not field:
        return body
    try:
        return with_path({}, field, body)
    except BadPath as problem:
        raise NodeError(str(problem), kind="bad_value", item=0, parameter="response_field") from None
