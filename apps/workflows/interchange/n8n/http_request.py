"""HTTP request 3–4."""

from __future__ import annotations

from typing import Any

from apps.workflows.interchange.n8n.converting import Converted, Source, converts
from apps.workflows.interchange.n8n.http_request_old import convert_old_http_request
from apps.workflows.interchange.n8n.http_values import (
    credential_kind,
    pairs,
    seconds,
)
from apps.workflows.interchange.n8n.json_text import json_template
from apps.workflows.interchange.n8n.reading import Reader, Unmapped
from exprsn.kernel.jsonvalue import JsonObject

_HIDDEN = (
    "sendQuery", "specifyQuery", "queryParameters", "jsonQuery", "sendHeaders", "specifyHeaders",
    "headerParameters", "jsonHeaders", "sendBody", "contentType", "specifyBody", "bodyParameters", "jsonBody",
    "body", "rawContentType", "inputDataFieldName", "curlImport", "infoMessage", "httpVariantWarning",
    "nodeCredentialType", "genericAuthType", "googleApiWarning", "optimizeResponse", "notes",
)  # fmt: skip


@converts("httpRequest")
def convert_http_request(source: Source) -> Converted:
    """HTTP request: the newer versions; the older ones have other parameters."""
    if source.version < 3 and "method" not in source.parameters:
        return convert_old_http_request(source)
    parameters = source.parameters
    if parameters.flag("provideSslCertificates"):
        raise Unmapped("Client certificates are not supported yet.")
    kind, credentials = credential_kind(parameters)
    options, warnings = _options(parameters.inner("options"))
    made: JsonObject = {
        "method": parameters.value("method", "GET"),
        "url": parameters.value("url", ""),
        "authentication": kind,
        **_listed(parameters, "Query", "query"),
        **_listed(parameters, "Headers", "headers"),
        **_body(parameters),
        **options,
    }
    parameters.ignore(*_HIDDEN, "sslCertificate")
    return Converted("http_request", made, credentials=credentials, warnings=warnings)


def _listed(parameters: Reader, word: str, name: str) -> JsonObject:
    if not parameters.flag(f"send{word}"):
        return {}
    if parameters.fixed(f"specify{word}", "keypair", "keypair", "json") == "json":
        return {f"{name}_format": "json", f"{name}_json": json_template(parameters.value(f"json{word}", {}))}
    return {name: [*pairs(parameters.entries(f"{word.removesuffix('s').lower()}Parameters", "parameters"))]}


def _body(parameters: Reader) -> JsonObject:
    if not parameters.flag("sendBody"):
        return {"body_type": "none"}
    kind = parameters.fixed(
        "contentType", "json", "json", "form-urlencoded", "multipart-form-data", "raw", "binaryData"
    )
    if kind == "binaryData":
        return {"body_type": "binary", "body_file": parameters.value("inputDataFieldName", "data")}
    if kind == "raw":
        return {
            "body_type": "raw",
            "raw_body": parameters.value("body", ""),
            "raw_content_type": parameters.value("rawContentType", ""),
        }
    way = parameters.fixed("specifyBody", "keypair", "keypair", "json", "string")
    if kind == "json" and way == "json":
        return {"body_type": "json", "json_format": "json", "json_body": parameters.value("jsonBody", "")}
    if kind == "form-urlencoded" and way == "string":
        return {
            "body_type": "raw",
            "raw_body": parameters.value("body", ""),
            "raw_content_type": "application/x-www-form-urlencoded",
        }
    return _fields(parameters, kind)


def _fields(parameters: Reader, kind: str) -> JsonObject:
    entries = parameters.entries("bodyParameters", "parameters")
    files = [entry for entry in entries if entry.get("parameterType") == "formBinaryData"]
    if files and kind != "multipart-form-data":
        raise Unmapped("Files are sent as the body or in a multipart form.")
    fields: list[Any] = [*pairs([entry for entry in entries if entry not in files])]
    if kind == "json":
        return {"body_type": "json", "json_format": "fields", "body_fields": fields}
    if kind == "form-urlencoded":
        return {"body_type": "form", "body_fields": fields}
    named: list[Any] = [
        {"name": entry.get("name", ""), "value": entry.get("inputDataFieldName", "data")} for entry in files
    ]
    return {"body_type": "multipart", "body_fields": fields, **({"body_files": named} if named else {})}


def _options(options: Reader) -> tuple[JsonObject, list[str]]:
    warnings = []
    if options.text("proxy"):
        raise Unmapped("A proxy is not supported yet.")
    pagination = options.inner("pagination").inner("pagination")
    if "pagination" in options and pagination.text("paginationMode", "on") != "off":
        raise Unmapped("Pagination is not supported yet.")
    pagination.ignore(
        "nextURL", "parameters", "paginationCompleteWhen", "statusCodesWhenComplete", "completeExpression",
        "limitPagesFetched", "maxRequests", "requestInterval",
    )  # fmt: skip
    if options.flag("allowUnauthorizedCerts"):
        warnings.append("Certificates are always checked.")
    batch = options.inner("batching").inner("batch")
    if batch.value("batchSize") is not None or batch.value("batchInterval") is not None:
        warnings.append("Requests are sent one after the other, without pauses between batches.")
    options.ignore("lowercaseHeaders", "sendCredentialsOnCrossOriginRedirect")
    if options.text("queryParameterArrays", "repeat") != "repeat":
        warnings.append("Lists in the query are sent by repeating their name.")
    redirect = options.inner("redirect").inner("redirect")
    follow = redirect.flag("followRedirects", True)
    most = int(redirect.number("maxRedirects", 21))
    made: JsonObject = {"follow_redirects": follow, "max_redirects": max(0, min(most, 50))}
    made |= _response(options.inner("response").inner("response"))
    if "timeout" in options:
        made["timeout_seconds"] = seconds(options)
    return made, warnings


def _response(response: Reader) -> JsonObject:
    wanted = response.fixed("responseFormat", "autodetect", "autodetect", "json", "text", "file")
    return {
        "response_format": "auto" if wanted == "autodetect" else wanted,
        "full_response": response.flag("fullResponse"),
        "never_error": response.flag("neverError"),
        "output_field": response.value("outputPropertyName", "data"),
    }
