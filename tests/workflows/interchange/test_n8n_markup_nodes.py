from __future__ import annotations

from typing import Any

import pytest

VALUES = {"values": [{"key": "a", "cssSelector": "p"}, {"key": "none"}]}
EXTRACT = {"operation": "extractHtmlContent", "extractionValues": VALUES}
PARAGRAPH = {"key": "a", "selector": "p", "return": "text", "all": False}


@pytest.mark.parametrize(
    ("type_id", "given", "expected"),
    [
        (
            "html",
            EXTRACT,
            {
                "operation": "extract",
                "html": '={{ $json["data"] }}',
                "values": [PARAGRAPH],
                "trim": True,
                "clean_up": True,
                "include_input": False,
            },
        ),
        (
            "htmlExtract",
            {
                "dataPropertyName": 'a "b"',
                "extractionValues": {
                    "values": [
                        {
                            "key": "l",
                            "cssSelector": "a",
                            "returnValue": "attribute",
                            "attribute": "href",
                            "returnArray": True,
                            "skipSelectors": "b",
                        }
                    ]
                },
                "options": {"trimValues": False, "cleanUpText": False},
            },
            {
                "operation": "extract",
                "html": '={{ $json["a \\"b\\""] }}',
                "values": [
                    {"key": "l", "selector": "a", "return": "attribute", "all": True, "attribute": "href", "skip": "b"}
                ],
                "trim": False,
                "clean_up": False,
                "include_input": False,
            },
        ),
        (
            "html",
            {"html": "<p>{{ $json.a }}</p>", "options": {}},
            {"operation": "generate", "template": "=<p>{{ $json.a }}</p>", "output_field": "html"},
        ),
        ("html", {"html": "=x"}, {"operation": "generate", "template": "=x", "output_field": "html"}),
        ("html", {"html": "<p>"}, {"operation": "generate", "template": "<p>", "output_field": "html"}),
        (
            "html",
            {"operation": "convertToHtmlTable", "options": {"caption": "C", "customStyling": True}},
            {"operation": "table", "output_field": "table", "capitalize": False, "caption": "C"},
        ),
        (
            "html",
            {"operation": "convertToHtmlTable", "options": {"rowAttributes": "x"}},
            "The parameter options.rowAttributes is not supported.",
        ),
        ("html", {"operation": "extractHtmlContent"}, "The node does not say what to extract."),
        ("html", {**EXTRACT, "sourceData": "binary"}, "sourceData = binary is not supported."),
        (
            "html",
            {**EXTRACT, "extractionValues": {"values": [{"cssSelector": "p", "returnValue": "x"}]}},
            "Returning x is not supported.",
        ),
    ],
)
def test_html(parameters: Any, type_id: Any, given: Any, expected: Any) -> None:
    assert parameters(type_id, given, 1.2) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            {"html": "={{ $json.h }}", "options": {}},
            {"operation": "from_html", "html": "={{ $json.h }}", "output_field": "data"},
        ),
        (
            {
                "mode": "markdownToHtml",
                "markdown": "# x",
                "destinationKey": "h",
                "options": {"simpleLineBreaks": True, "tables": True},
            },
            {"operation": "to_html", "markdown": "# x", "output_field": "h", "line_breaks": True},
        ),
        (
            {"mode": "markdownToHtml", "options": {"completeHTMLDocument": True}},
            "The parameter options.completeHTMLDocument is not supported.",
        ),
    ],
)
def test_markdown(parameters: Any, given: Any, expected: Any) -> None:
    assert parameters("markdown", given) == expected


def test_markdown_warns_of_options_that_are_left_out(convert: Any) -> None:
    given = {"mode": "markdownToHtml", "options": {"emoji": True}}
    assert convert("markdown", given).report.warnings == ["“Node”: The option emoji is left out."]


TO_JSON = {
    "operation": "to_json",
    "xml": '={{ $json["data"] }}',
    "attribute_key": "$",
    "text_key": "_",
    "always_lists": False,
    "keep_root": True,
    "attributes": "merge",
    "lower_names": False,
    "trim": False,
    "clean_up": False,
    "output_field": "",
}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"dataPropertyName": "=data", "options": {}}, TO_JSON),
        (
            {"options": {"mergeAttrs": False, "explicitRoot": False, "explicitArray": True, "attrkey": "@"}},
            {**TO_JSON, "attributes": "group", "keep_root": False, "always_lists": True, "attribute_key": "@"},
        ),
        (
            {"options": {"ignoreAttrs": True, "normalize": True, "normalizeTags": True, "trim": True}},
            {**TO_JSON, "attributes": "drop", "clean_up": True, "lower_names": True, "trim": True},
        ),
        (
            {"mode": "jsonToxml", "options": {"headless": True, "rootName": "r", "cdata": True, "charkey": "#"}},
            {
                "operation": "from_json",
                "attribute_key": "$",
                "text_key": "#",
                "root": "r",
                "cdata": True,
                "declaration": False,
                "output_field": "data",
            },
        ),
        ({"mode": "yaml"}, "mode = yaml is not supported."),
    ],
)
def test_xml(parameters: Any, given: Any, expected: Any) -> None:
    assert parameters("xml", given) == expected
