"""The parameters and the documentation of the http_request node."""

from __future__ import annotations

from apps.workflows.engine.node_type import Option, Parameter
from apps.workflows.nodes.support.http_calls import MAX_TIMEOUT
from apps.workflows.nodes.support.parameters import name_value_list, options, time_limit_parameter

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")

_FORMATS = options(("fields", "Fields"), ("json", "One JSON object"))


def _format(name: str, display_name: str) -> Parameter:
    return Parameter(
        name,
        display_name,
        type="select",
        default_value="fields",
        options=_FORMATS,
        supports_expressions=False,
    )


HTTP_PARAMETERS = (
    Parameter(
        "method",
        "Method",
        type="select",
        default_value="GET",
        options=[Option(method, method) for method in METHODS],
    ),
    Parameter("url", "Address", required=True, placeholder="https://api.example.com/orders"),
    Parameter(
        "authentication",
        "Authentication",
        type="select",
        default_value="none",
        options=[
            Option("none", "None"),
            Option("header", "Header", "A name and a secret value."),
            Option("bearer", "Bearer token"),
            Option("basic", "User name and password"),
            Option("query", "Query parameter", "A name and a secret value."),
        ],
        supports_expressions=False,
    ),
    _format("query_format", "Query parameters as"),
    name_value_list("query", "Query parameters", display_if={"query_format": ["fields"]}),
    Parameter("query_json", "Query parameters", type="json", default_value={}, display_if={"query_format": ["json"]}),
    _format("headers_format", "Headers as"),
    name_value_list("headers", "Headers", display_if={"headers_format": ["fields"]}),
    Parameter("headers_json", "Headers", type="json", default_value={}, display_if={"headers_format": ["json"]}),
    Parameter(
        "body_type",
        "Body",
        type="select",
        default_value="none",
        options=options(
            ("none", "None"),
            ("json", "JSON"),
            ("form", "Form fields"),
            ("multipart", "Multipart form"),
            ("raw", "Text"),
            ("binary", "File"),
        ),
        supports_expressions=False,
    ),
    Parameter(
        "json_format",
        "JSON as",
        type="select",
        default_value="json",
        options=options(("json", "One JSON value"), ("fields", "Fields")),
        display_if={"body_type": ["json"]},
        supports_expressions=False,
    ),
    Parameter(
        "json_body",
        "JSON body",
        type="json",
        default_value={},
        display_if={"body_type": ["json"], "json_format": ["json"]},
    ),
    name_value_list(
        "body_fields",
        "Body fields",
        description="In JSON, a.b is the field b inside of a.",
        display_if={"body_type": ["json", "form", "multipart"]},
    ),
    Parameter("raw_body", "Text", default_value="", display_if={"body_type": ["raw"]}),
    Parameter(
        "raw_content_type",
        "Content type",
        default_value="text/plain; charset=utf-8",
        display_if={"body_type": ["raw"]},
    ),
    Parameter(
        "body_file",
        "Property with the file",
        default_value="data",
        description="Its media type is sent as the content type.",
        display_if={"body_type": ["binary"]},
    ),
    name_value_list(
        "body_files",
        "Files",
        description="The value is the property of the item that has the file.",
        display_if={"body_type": ["multipart"]},
    ),
    Parameter(
        "response_format",
        "Read the answer as",
        type="select",
        default_value="auto",
        options=[
            Option("auto", "Automatic", "By its content type."),
            Option("json", "JSON", "Anything else is an error."),
            Option("text", "Text"),
            Option("file", "File", "Kept as it is; the item refers to it."),
        ],
        supports_expressions=False,
    ),
    Parameter("output_field", "Put text and files under", default_value="data"),
    Parameter(
        "full_response",
        "Status and headers too",
        type="boolean",
        default_value=False,
        description="The item is {status, headers, body}.",
        supports_expressions=False,
    ),
    Parameter(
        "never_error",
        "Accept every status",
        type="boolean",
        default_value=False,
        description="Answers of 400 and more are no error.",
        supports_expressions=False,
    ),
    time_limit_parameter(60, MAX_TIMEOUT, least=0, supports_expressions=True),
    Parameter("follow_redirects", "Follow redirects", type="boolean", default_value=True, supports_expressions=False),
    Parameter(
        "max_redirects",
        "At most",
        type="number",
        default_value=10,
        display_if={"follow_redirects": [True]},
        validation={"min": 0, "max": 50},
    ),
    Parameter(
        "idempotency_header",
        "Send an Idempotency-Key",
        type="boolean",
        default_value=True,
        description="With methods that change something: the same key on every try for the same item.",
        supports_expressions=False,
    ),
)

HTTP_DOCUMENTATION = """
Sends one request for each item; all parameters may use the item's data.

**Out.** JSON objects become items, a JSON list one item for each entry. Text is put under `data`. With
*Status and headers too* there is one item `{status, headers, body}` (also under the names `statusCode` and
`statusMessage`).

**Files.** With *Read the answer as: File*, and automatically for what is neither JSON nor text, the body is kept as a
file, and the item refers to it under `$binary.data`: `{id, file_name, media_type, size, sha256}`. Send one with *Body:
File*, or several in a *Multipart form*; the properties name the files of the item.

**Errors.** A status of 400 or more is an error of the kind `http_404`, with status and body in its details.
Time limits, lost connections, 408, 425, 429 and 5xx can be tried again: switch on the node's retry.

**Safety.** Private, loopback and link-local addresses are refused unless the installation allows them,
after redirects too. Requests that change something carry an `Idempotency-Key`, so that a service which
knows it does nothing twice.

**Credentials** are chosen on the node and never appear in its parameters or data.
"""
