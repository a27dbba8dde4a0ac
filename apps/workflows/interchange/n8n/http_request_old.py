"""HTTP request 1–2."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.workflows.interchange.n8n.converting import Converted, Source
from apps.workflows.interchange.n8n.http_values import credential_kind, kind_of, pairs, seconds
from apps.workflows.interchange.n8n.json_text import json_template
from apps.workflows.interchange.n8n.reading import Reader, Unmapped
from exprsn.kernel.jsonvalue import JsonObject

_OLD_AUTH = {"basicAuth": "httpBasicAuth", "headerAuth": "httpHeaderAuth", "queryAuth": "httpQueryAuth"}
_WITH_BODY = ("POST", "PUT", "PATCH", "DELETE")
_HIDDEN = (
    "bodyParametersUi", "bodyParametersJson", "headerParametersUi", "headerParametersJson",
    "queryParametersUi", "queryParametersJson", "jsonParameters", "sendBinaryData", "binaryPropertyName",
    "dataPropertyName", "nodeCredentialType", "genericAuthType", "infoMessage", "notes",
)  # fmt: skip


def convert_old_http_request(source: Source) -> Converted:
    """The first two versions: other names, one switch between fields and JSON for everything."""
    parameters = source.parameters
    kind, credentials = _authentication(source)
    as_json = parameters.flag("jsonParameters")
    options = parameters.inner("options")
    if options.text("proxy"):
        raise Unmapped("A proxy is not supported yet.")
    method = parameters.value("requestMethod", "GET")
    made: JsonObject = {
        "method": method,
        "url": parameters.value("url", ""),
        "authentication": kind,
        **_listed(parameters, "query", as_json),
        **_listed(parameters, "header", as_json),
        **(_body(parameters, options, as_json) if str(method) in _WITH_BODY else {"body_type": "none"}),
        **_response(parameters, options),
    }
    warnings = _warnings(parameters, options)
    parameters.ignore(*_HIDDEN)
    return Converted("http_request", made, credentials=credentials, warnings=warnings)


def _authentication(source: Source) -> tuple[str, Mapping[str, str]]:
    parameters = source.parameters
    way = parameters.text("authentication", "none")
    if way in ("none", ""):
        return "none", {}
    if way in _OLD_AUTH:
        return kind_of(_OLD_AUTH[way])
    if way in ("genericCredentialType", "predefinedCredentialType"):
        return credential_kind(parameters)
    raise Unmapped(f"The authentication {way[:40]} is not supported yet.")


def _listed(parameters: Reader, word: str, as_json: bool) -> JsonObject:
    name = "headers" if word == "header" else word
    if as_json:
        value = parameters.value(f"{word}ParametersJson", "")
        return {f"{name}_format": "json", f"{name}_json": json_template(value)} if value else {}
    entries = pairs(parameters.entries(f"{word}ParametersUi", "parameter"))
    return {name: [*entries]} if entries else {}


def _body(parameters: Reader, options: Reader, as_json: bool) -> JsonObject:
    kind = options.fixed("bodyContentType", "json", "json", "form-urlencoded", "multipart-form-data", "raw")
    if as_json and parameters.flag("sendBinaryData"):
        raise Unmapped("Sending files is not supported yet.")
    if as_json:
        return _json_body(parameters.value("bodyParametersJson", ""), options, kind)
    fields: list[Any] = [*pairs(parameters.entries("bodyParametersUi", "parameter"))]
    if not fields:
        return {"body_type": "none"}
    if kind in ("json", "raw"):
        return {"body_type": "json", "json_format": "fields", "body_fields": fields}
    return {"body_type": "form" if kind == "form-urlencoded" else "multipart", "body_fields": fields}


def _json_body(value: Any, options: Reader, kind: str) -> JsonObject:
    if kind == "raw":
        content_type = options.value("bodyContentCustomMimeType", "")
        return {"body_type": "raw", "raw_body": value, "raw_content_type": content_type}
    if kind != "json":
        raise Unmapped("A form given as one JSON object is not supported.")
    if not value:
        return {"body_type": "none"}
    return {"body_type": "json", "json_format": "json", "json_body": json_template(value)}


def _response(parameters: Reader, options: Reader) -> JsonObject:
    wanted = parameters.fixed("responseFormat", "json", "json", "string", "file")
    made: JsonObject = {
        "response_format": {"string": "text"}.get(wanted, wanted),
        "output_field": parameters.value("dataPropertyName", "data"),
        "full_response": options.flag("fullResponse"),
        "never_error": options.flag("ignoreResponseCode"),
        "follow_redirects": options.flag("followRedirect", True) or options.flag("followAllRedirects"),
    }
    if "timeout" in options:
        made["timeout_seconds"] = seconds(options)
    return made


def _warnings(parameters: Reader, options: Reader) -> list[str]:
    warnings = []
    if parameters.flag("allowUnauthorizedCerts"):
        warnings.append("Certificates are always checked.")
    if options.value("batchSize") is not None or options.value("batchInterval") is not None:
        warnings.append("Requests are sent one after the other, without pauses between batches.")
    options.ignore("splitIntoItems", "useQueryString", "bodyContentType", "bodyContentCustomMimeType")
    options.ignore("followRedirect", "followAllRedirects")
    return warnings
