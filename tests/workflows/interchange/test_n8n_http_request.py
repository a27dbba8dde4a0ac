from __future__ import annotations

from typing import Any

import pytest

PLAIN = {
    "method": "GET",
    "url": "https://a.example/",
    "authentication": "none",
    "body_type": "none",
    "follow_redirects": True,
    "max_redirects": 21,
    "response_format": "auto",
    "full_response": False,
    "never_error": False,
    "output_field": "data",
}


@pytest.fixture
def request_of(parameters: Any) -> Any:
    """What the parameters of an HTTP request become, without what is as usual."""

    def converted(given: Any, version: float = 4.2) -> Any:
        made = parameters("httpRequest", {"url": "https://a.example/", **given}, version)
        if isinstance(made, str):
            return made
        return {key: value for key, value in made.items() if PLAIN.get(key) != value}

    return converted


def named(name: str, value: Any) -> dict[str, Any]:
    return {"name": name, "value": value}


def test_a_plain_request(parameters: Any) -> None:
    assert parameters("httpRequest", {"url": "https://a.example/", "options": {}}, 4.2) == PLAIN


def body(**more: Any) -> dict[str, Any]:
    return {"method": "POST", "sendBody": True, **more}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            body(contentType="binaryData", inputDataFieldName="photo"),
            {"method": "POST", "body_type": "binary", "body_file": "photo"},
        ),
        (
            body(
                contentType="multipart-form-data",
                bodyParameters={
                    "parameters": [
                        named("a", "1"),
                        {"name": "f", "parameterType": "formBinaryData", "inputDataFieldName": "photo"},
                    ]
                },
            ),
            {
                "method": "POST",
                "body_type": "multipart",
                "body_fields": [named("a", "1")],
                "body_files": [named("f", "photo")],
            },
        ),
        ({"options": {"response": {"response": {"responseFormat": "file"}}}}, {"response_format": "file"}),
        (
            {"sendQuery": True, "queryParameters": {"parameters": [named("q", "={{ $json.q }}"), {}]}},
            {"query": [named("q", "={{ $json.q }}")]},
        ),
        (
            {"sendQuery": True, "specifyQuery": "json", "jsonQuery": '{"a": 1}'},
            {"query_format": "json", "query_json": '{"a": 1}'},
        ),
        (
            {"sendHeaders": True, "headerParameters": {"parameters": [named("X-A", "1")]}},
            {"headers": [named("X-A", "1")]},
        ),
        (
            {"sendHeaders": True, "specifyHeaders": "json", "jsonHeaders": "{}"},
            {"headers_format": "json", "headers_json": "{}"},
        ),
        ({"headerParameters": {"parameters": [named("X-A", "not sent")]}}, {}),
        (
            body(specifyBody="json", jsonBody="={{ $json }}"),
            {"method": "POST", "body_type": "json", "json_format": "json", "json_body": "={{ $json }}"},
        ),
        (
            body(bodyParameters={"parameters": [named("a.b", 1)]}),
            {
                "method": "POST",
                "body_type": "json",
                "json_format": "fields",
                "body_fields": [named("a.b", 1)],
            },
        ),
        (
            body(contentType="form-urlencoded", bodyParameters={"parameters": [named("a", 1)]}),
            {"method": "POST", "body_type": "form", "body_fields": [named("a", 1)]},
        ),
        (
            body(contentType="form-urlencoded", specifyBody="string", body="a=1"),
            {
                "method": "POST",
                "body_type": "raw",
                "raw_body": "a=1",
                "raw_content_type": "application/x-www-form-urlencoded",
            },
        ),
        (
            body(contentType="multipart-form-data", bodyParameters={"parameters": [named("a", 1)]}),
            {"method": "POST", "body_type": "multipart", "body_fields": [named("a", 1)]},
        ),
        (
            body(contentType="raw", body="<a/>", rawContentType="text/xml"),
            {"method": "POST", "body_type": "raw", "raw_body": "<a/>", "raw_content_type": "text/xml"},
        ),
        (
            {
                "options": {
                    "timeout": 5000,
                    "redirect": {"redirect": {"followRedirects": False, "maxRedirects": 3}},
                    "response": {
                        "response": {
                            "responseFormat": "text",
                            "fullResponse": True,
                            "neverError": True,
                            "outputPropertyName": "html",
                        }
                    },
                    "lowercaseHeaders": True,
                    "pagination": {"pagination": {"paginationMode": "off"}},
                }
            },
            {
                "timeout_seconds": 5.0,
                "follow_redirects": False,
                "max_redirects": 3,
                "response_format": "text",
                "full_response": True,
                "never_error": True,
                "output_field": "html",
            },
        ),
    ],
)
def test_newer_versions(request_of: Any, given: Any, expected: Any) -> None:
    assert request_of(given) == expected


@pytest.mark.parametrize(
    ("credential", "kind"),
    [
        ("httpHeaderAuth", "header"),
        ("httpBasicAuth", "basic"),
        ("httpBearerAuth", "bearer"),
        ("httpQueryAuth", "query"),
        ("=httpBearerAuth", "bearer"),
    ],
)
def test_credentials_are_named(convert: Any, credential: str, kind: str) -> None:
    outcome = convert(
        "httpRequest",
        {"url": "x", "authentication": "genericCredentialType", "genericAuthType": credential},
        4.2,
        credentials={credential.removeprefix("="): {"id": "1", "name": "Mine"}},
    )
    (node,) = outcome.definition["nodes"]
    assert (node["parameters"]["authentication"], node["credentials"]) == (kind, {})
    assert outcome.report.credentials_needed == [{"node": "n1", "kind": kind, "name": "Mine"}]


@pytest.mark.parametrize("chosen", [{"httpHeaderAuth": "Old style"}, {"httpHeaderAuth": None}, None, 5])
def test_odd_credentials(convert: Any, chosen: Any) -> None:
    given = {"url": "x", "authentication": "headerAuth"}
    needed = convert("httpRequest", given, 1, credentials=chosen).report.credentials_needed
    name = "Old style" if chosen == {"httpHeaderAuth": "Old style"} else ""
    assert needed == [{"node": "n1", "kind": "header", "name": name}]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (
            {"authentication": "predefinedCredentialType", "nodeCredentialType": "slackApi"},
            "Credentials of the type slackApi are not supported yet.",
        ),
        (
            {"authentication": "genericCredentialType", "genericAuthType": "oAuth2Api"},
            "Credentials of the type oAuth2Api are not supported yet.",
        ),
        ({"authentication": "genericCredentialType"}, "Credentials of the type none are not supported yet."),
        ({"provideSslCertificates": True}, "Client certificates are not supported yet."),
        (
            body(contentType="json", bodyParameters={"parameters": [{"name": "f", "parameterType": "formBinaryData"}]}),
            "Files are sent as the body or in a multipart form.",
        ),
        ({"options": {"proxy": "http://p"}}, "A proxy is not supported yet."),
        ({"options": {"pagination": {"pagination": {"nextURL": "x"}}}}, "Pagination is not supported yet."),
        ({"options": {"timeout": "={{ $json.t }}"}}, "A time limit that is an expression is not supported."),
        ({"options": {"timeout": "soon"}}, "The parameter options.timeout is not a fixed number."),
        ({"sendQuery": "={{ $json.q }}"}, "The parameter sendQuery is not a fixed yes or no."),
        (
            {"sendQuery": True, "specifyQuery": "={{ $json.q }}"},
            "The parameter specifyQuery is an expression, which is not supported there.",
        ),
        ({"authentication": {"odd": 1}}, "The parameter authentication has a form that is not understood."),
        ({"somethingNew": "x"}, "The parameter somethingNew is not supported."),
    ],
)
def test_requests_that_cannot_be_converted(request_of: Any, given: Any, reason: str) -> None:
    assert request_of(given) == reason


def test_options_without_a_counterpart_are_warnings(convert: Any) -> None:
    options = {
        "allowUnauthorizedCerts": True,
        "batching": {"batch": {"batchSize": 5}},
        "queryParameterArrays": "brackets",
    }
    outcome = convert("httpRequest", {"url": "x", "options": options}, 4.2)
    assert outcome.report.nodes_converted == 1
    assert outcome.report.warnings == [
        "“Node”: Certificates are always checked.",
        "“Node”: Requests are sent one after the other, without pauses between batches.",
        "“Node”: Lists in the query are sent by repeating their name.",
    ]


OLD = {"response_format": "json"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {}),
        (
            {"responseFormat": "string", "dataPropertyName": "text"},
            {"response_format": "text", "output_field": "text"},
        ),
        (
            {
                "queryParametersUi": {"parameter": [named("q", 1)]},
                "headerParametersUi": {"parameter": [named("h", 2)]},
            },
            {"query": [named("q", 1)], "headers": [named("h", 2)]},
        ),
        (
            {"jsonParameters": True, "queryParametersJson": "{}", "headerParametersJson": '{"a": 1}'},
            {
                "query_format": "json",
                "query_json": "{}",
                "headers_format": "json",
                "headers_json": '{"a": 1}',
            },
        ),
        (
            {"requestMethod": "POST", "bodyParametersUi": {"parameter": [named("a", 1)]}},
            {"method": "POST", "body_type": "json", "json_format": "fields", "body_fields": [named("a", 1)]},
        ),
        (
            {
                "requestMethod": "POST",
                "bodyParametersUi": {"parameter": [named("a", 1)]},
                "options": {"bodyContentType": "form-urlencoded"},
            },
            {"method": "POST", "body_type": "form", "body_fields": [named("a", 1)]},
        ),
        (
            {"requestMethod": "PUT", "jsonParameters": True, "bodyParametersJson": '{"a": 1}'},
            {"method": "PUT", "body_type": "json", "json_format": "json", "json_body": '{"a": 1}'},
        ),
        ({"requestMethod": "PUT", "jsonParameters": True}, {"method": "PUT"}),
        (
            {
                "requestMethod": "PUT",
                "jsonParameters": True,
                "bodyParametersJson": "<a/>",
                "options": {"bodyContentType": "raw", "bodyContentCustomMimeType": "text/xml"},
            },
            {"method": "PUT", "body_type": "raw", "raw_body": "<a/>", "raw_content_type": "text/xml"},
        ),
        (
            {
                "options": {
                    "fullResponse": True,
                    "ignoreResponseCode": True,
                    "followRedirect": False,
                    "timeout": 1000,
                }
            },
            {"full_response": True, "never_error": True, "follow_redirects": False, "timeout_seconds": 1.0},
        ),
        (
            {"authentication": "genericCredentialType", "genericAuthType": "httpQueryAuth"},
            {"authentication": "query"},
        ),
        ({"authentication": "oAuth1"}, "The authentication oAuth1 is not supported yet."),
        ({"responseFormat": "file"}, {"response_format": "file"}),
        ({"options": {"proxy": "x"}}, "A proxy is not supported yet."),
        (
            {"requestMethod": "POST", "jsonParameters": True, "sendBinaryData": True},
            "Sending files is not supported yet.",
        ),
        (
            {
                "requestMethod": "POST",
                "jsonParameters": True,
                "options": {"bodyContentType": "form-urlencoded"},
            },
            "A form given as one JSON object is not supported.",
        ),
    ],
)
def test_older_versions(request_of: Any, given: Any, expected: Any) -> None:
    made = request_of(given, 1)
    if isinstance(expected, str):
        assert made == expected
    else:
        assert {key: value for key, value in made.items() if OLD.get(key) != value} == expected


def test_older_versions_warn_too(convert: Any) -> None:
    given = {"url": "x", "allowUnauthorizedCerts": True, "options": {"batchSize": 1, "splitIntoItems": True}}
    assert convert("httpRequest", given, 2).report.warnings == [
        "“Node”: Certificates are always checked.",
        "“Node”: Requests are sent one after the other, without pauses between batches.",
    ]
