"""Webhook 1–2 and Respond to webhook."""

from __future__ import annotations

from typing import Any

from apps.workflows.interchange.n8n.converting import Converted, Source, converts
from apps.workflows.interchange.n8n.json_text import json_template
from apps.workflows.interchange.n8n.reading import Reader, Unmapped, is_expression
from exprsn.kernel.jsonvalue import JsonObject

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")
_MODES = {
    "onReceived": "immediately",
    "lastNode": "last_node",
    "responseNode": "respond_node",
    "streaming": "streaming",
}
_DATA = {"firstEntryJson": "first_item", "allEntries": "all_items", "noData": "no_body"}
_AUTH = {"none": "none", "basicAuth": "basic", "headerAuth": "header", "jwtAuth": "jwt"}
_CREDENTIALS = {"basic": "httpBasicAuth", "header": "httpHeaderAuth", "jwt": "jwtAuth"}
_FILES = "data"


@converts("webhook")
def convert_webhook(source: Source) -> Converted:
    """Webhook: path, methods, who may call, how it is answered."""
    parameters = source.parameters
    options = parameters.inner("options")
    warnings = _options(options)
    auth = _AUTH[parameters.fixed("authentication", "none", *_AUTH)]
    mode = _MODES[parameters.fixed("responseMode", "onReceived", *_MODES)]
    path = parameters.fixed("path", "").strip("/") or str(source.raw.get("webhookId") or "").strip("/")
    if not path:
        raise Unmapped("The webhook has no path.")
    made: JsonObject = {
        "path": path,
        "methods": _methods(parameters),
        "auth": auth,
        "response_mode": mode,
        "raw_body": options.flag("rawBody"),
    }
    made |= _allowed(options)
    made |= _response(parameters, options, mode)
    if mode == "immediately" and (options.flag("noResponseBody") or options.text("responseData")):
        warnings.append("The immediate answer is always {execution_id, status}.")
    options.ignore("noResponseBody", "responseData", "responseCode", "responseContentType", "responsePropertyName")
    credentials = {auth: _CREDENTIALS[auth]} if auth != "none" else {}
    return Converted("webhook", made, inputs=(), credentials=credentials, warnings=warnings)


def _options(options: Reader) -> list[str]:
    """Warnings for options that only narrow or widen what is taken; refusals for those that change meaning."""
    if options.text("onlyRunIf"):
        raise Unmapped("The option onlyRunIf is not supported.")
    warnings = []
    named = options.text("binaryPropertyName") or _FILES
    if options.flag("binaryData") and named != _FILES:
        warnings.append(f"A file that is the whole body is under {_FILES}, not under {named}.")
    if options.flag("ignoreBots"):
        warnings.append("Calls of bots are not ignored.")
    return warnings


def _allowed(options: Reader) -> JsonObject:
    """From which addresses and from pages of which origins may be called."""
    made: JsonObject = {}
    for theirs, ours in (("ipWhitelist", "allowed_addresses"), ("allowedOrigins", "allowed_origins")):
        text = options.text(theirs)
        if is_expression(text):
            raise Unmapped(f"The option {theirs} is not fixed.")
        if text:
            made[ours] = text
    return made


def _methods(parameters: Reader) -> list[Any]:
    multiple = parameters.flag("multipleMethods")
    found = parameters.value("httpMethod", ["GET", "POST"] if multiple else "GET")
    methods = [str(method).upper() for method in (found if isinstance(found, list) else [found])]
    if not methods or any(method not in METHODS for method in methods):
        raise Unmapped("The methods of the webhook are not fixed.")
    return [*dict.fromkeys(methods)]


def _response(parameters: Reader, options: Reader, mode: str) -> JsonObject:
    data = parameters.fixed("responseData", "firstEntryJson", *_DATA, "firstEntryBinary")
    parameters.ignore("responseBinaryPropertyName")
    code = _code(parameters, options)
    headers = header_list(options)
    if mode == "respond_node":
        return {}
    made: JsonObject = {"response_code": code, "response_headers": [*headers]}
    if mode == "last_node":
        if data == "firstEntryBinary":
            raise Unmapped("Answering with a file is not supported yet.")
        if options.text("responsePropertyName"):
            raise Unmapped("Answering with a single property is not supported.")
        made["response_data"] = _DATA[data]
        if content_type := options.text("responseContentType"):
            made["response_headers"] = [*headers, {"name": "Content-Type", "value": content_type}]
    return made


def _code(parameters: Reader, options: Reader) -> int:
    values = options.inner("responseCode").inner("values")
    chosen = values.value("responseCode", parameters.value("responseCode", 200))
    if chosen == "customCode":
        chosen = values.value("customCode", 200)
    values.ignore("customCode")
    code = Reader({"responseCode": chosen}).number("responseCode", 200)
    if not 200 <= code <= 599:
        raise Unmapped("A response code below 200 is not supported.")
    return int(code)


def header_list(options: Reader) -> list[dict[str, Any]]:
    """``responseHeaders`` as name and value pairs."""
    return [
        {"name": entry.get("name"), "value": entry.get("value", "")}
        for entry in options.entries("responseHeaders", "entries")
        if entry.get("name")
    ]


_RESPOND = {
    "firstIncomingItem": "first_item",
    "allIncomingItems": "all_items",
    "json": "json",
    "text": "text",
    "noData": "no_data",
    "redirect": "redirect",
    "binary": "file",
}


@converts("respondToWebhook")
def convert_respond(source: Source) -> Converted:
    """Respond to webhook."""
    parameters = source.parameters
    options = parameters.inner("options")
    kind = _RESPOND[parameters.fixed("respondWith", "firstIncomingItem", *_RESPOND)]
    if options.flag("enableResponseOutput") or parameters.flag("enableResponseOutput"):
        raise Unmapped("The output with the response is not supported.")
    options.ignore("enableStreaming")
    headers = header_list(options)
    made: JsonObject = {"respond_with": kind}
    if "responseCode" in options:
        made["response_code"] = options.value("responseCode")
    if kind == "json":
        made["json_body"] = json_template(parameters.value("responseBody", {}))
    elif kind == "text":
        made["text_body"] = parameters.value("responseBody", "")
        if not any(str(header["name"]).lower() == "content-type" for header in headers):
            headers.append({"name": "Content-Type", "value": "text/html; charset=utf-8"})
    elif kind == "redirect":
        made["redirect_url"] = parameters.value("redirectURL", "")
    elif kind == "file":
        chosen = parameters.fixed("responseDataSource", "automatically", "automatically", "set") == "set"
        made["file_property"] = parameters.value("inputFieldName", _FILES) if chosen else _FILES
    else:
        made["response_field"] = options.value("responseKey", "")
    options.ignore("responseKey")
    parameters.ignore("responseBody", "redirectURL", "responseDataSource", "inputFieldName", "payload", "credentials")
    return Converted("respond_to_webhook", {**made, "response_headers": [*headers]})
