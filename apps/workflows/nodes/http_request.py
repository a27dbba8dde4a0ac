"""HTTP request: calls a web service for each item."""

from __future__ import annotations

from collections.abc import Mapping

from apps.workflows.engine.items import Item
from apps.workflows.engine.node_type import Capabilities, NodeContext, NodeResult, NodeType
from apps.workflows.nodes.support.http_answers import items_of
from apps.workflows.nodes.support.http_calls import build_call
from apps.workflows.nodes.support.http_parameters import HTTP_DOCUMENTATION, HTTP_PARAMETERS
from apps.workflows.registry import register_node
from exprsn.kernel.jsonvalue import JsonValue


@register_node
class HttpRequestNode(NodeType):
    """Sends one request for each item and makes items of the answer."""

    type = "http_request"
    display_name = "HTTP request"
    description = "Calls a web address and makes items of the answer."
    group = "connect"
    icon = "globe"
    color = "http"
    credential_kinds = ("header", "basic", "bearer", "query")
    capabilities = Capabilities(supports_retry=True, side_effect=True)
    summary = "{method} {url}"
    parameters = HTTP_PARAMETERS
    example = {
        "method": "POST",
        "url": "https://api.example.com/orders",
        "authentication": "bearer",
        "body_type": "json",
        "json_body": "={{ $json }}",
    }
    documentation = HTTP_DOCUMENTATION

    @classmethod
    def check(cls, parameters: Mapping[str, JsonValue]) -> dict[str, list[str]]:
        url = parameters.get("url")
        if isinstance(url, str) and url and not url.lower().startswith(("http://", "https://", "=")):
            return {"url": ["The address begins with http:// or https://, or is an expression."]}
        return {}

    def run(self, context: NodeContext) -> NodeResult:
        def request(item: Item, position: int) -> list[Item]:
            answer = context.ports.http.send(build_call(context, position))
            return items_of(context, answer, position)

        return context.each(request)
