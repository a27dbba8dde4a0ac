from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("type_id", "given", "version", "expected"),
    [
        ("manualTrigger", {}, 1, {}),
        ("start", {}, 1, {}),
        ("noOp", {}, 1, {}),
        ("limit", {"maxItems": 3, "keep": "lastItems"}, 1, {"max_items": 3, "keep": "last"}),
        ("limit", {}, 1, {"max_items": 1, "keep": "first"}),
        ("wait", {"amount": 2, "unit": "days"}, 1.1, {"mode": "duration", "amount": 2, "unit": "days"}),
        ("wait", {}, 1.1, {"mode": "duration", "amount": 5, "unit": "seconds"}),
        ("wait", {}, 1, {"mode": "duration", "amount": 1, "unit": "hours"}),
        (
            "wait",
            {"resume": "specificTime", "dateTime": "2026-01-01"},
            1.1,
            {"mode": "until", "until": "2026-01-01"},
        ),
        (
            "wait",
            {
                "resume": "webhook",
                "httpMethod": "POST",
                "responseCode": 201,
                "limitWaitTime": True,
                "resumeAmount": 3,
                "resumeUnit": "days",
                "options": {"webhookSuffix": "paid", "responseData": "Thanks"},
            },
            1.1,
            {
                "mode": "webhook",
                "methods": ["POST"],
                "auth": "none",
                "suffix": "paid",
                "response_code": 201,
                "response_data": "Thanks",
                "limit_wait_time": True,
                "limit_type": "after",
                "limit_amount": 3,
                "limit_unit": "days",
            },
        ),
        (
            "wait",
            {
                "resume": "form",
                "formTitle": "=For {{ $json.n }}",
                "formFields": {"values": [{"fieldLabel": "Size", "fieldType": "number", "requiredField": True}]},
                "limitWaitTime": True,
                "limitType": "atSpecifiedTime",
                "maxDateAndTime": "2030-01-01T00:00:00",
                "options": {"buttonLabel": "Go"},
            },
            1.1,
            {
                "mode": "form",
                "title": "=For {{ $json.n }}",
                "description": "",
                "fields": [{"name": "Size", "label": "Size", "type": "number", "required": True}],
                "submit_label": "Go",
                "thanks": "",
                "limit_wait_time": True,
                "limit_type": "at",
                "limit_until": "2030-01-01T00:00:00",
            },
        ),
        ("wait", {"resume": "webhook", "httpMethod": "TRACE"}, 1.1, "The method of the call is not fixed."),
        (
            "wait",
            {"resume": "form", "incomingAuthentication": "basicAuth"},
            1.1,
            "A form that asks for credentials is not supported.",
        ),
        ("wait", {"resume": "specificTime"}, 1.1, "The node does not say until when to wait."),
        (
            "stopAndError",
            {"errorMessage": "=No {{ $json.a }}"},
            1,
            {"error_type": "message", "message": "=No {{ $json.a }}"},
        ),
        (
            "stopAndError",
            {"errorType": "errorObject", "errorObject": '{"a": 1}'},
            1,
            {"error_type": "object", "error": '{"a": 1}'},
        ),
        ("splitInBatches", {"options": {}}, 3, {"batch_size": 1, "reset": False}),
        (
            "splitInBatches",
            {"options": {"reset": "={{ $json.r }}"}},
            2,
            {"batch_size": 10, "reset": "={{ $json.r }}"},
        ),
        ("sort", {"type": "random"}, 1, {"mode": "random"}),
        (
            "sort",
            {
                "sortFieldsUi": {"sortField": [{"fieldName": "a.b", "order": "descending"}, {"fieldName": "c"}]},
                "options": {"disableDotNotation": True},
            },
            1,
            {
                "mode": "simple",
                "dot_notation": False,
                "fields": [{"field": "a.b", "order": "descending"}, {"field": "c", "order": "ascending"}],
            },
        ),
        ("sort", {"type": "code", "code": "return 0"}, 1, "type = code is not supported."),
        ("sort", {}, 1, "The node does not say which fields to sort by."),
        (
            "splitOut",
            {"fieldToSplitOut": "$json.lines, tags", "options": {"destinationFieldName": "line, tag"}},
            1,
            {
                "fields": [
                    {"field": "lines", "destination": "line"},
                    {"field": "tags", "destination": "tag"},
                ],
                "include": "none",
                "dot_notation": True,
                "include_binary": False,
            },
        ),
        (
            "splitOut",
            {"fieldToSplitOut": "a", "include": "selectedOtherFields", "fieldsToInclude": "b, c"},
            1,
            {
                "fields": [{"field": "a", "destination": ""}],
                "include": "selected",
                "include_fields": "b, c",
                "dot_notation": True,
                "include_binary": False,
            },
        ),
        (
            "splitOut",
            {"fieldToSplitOut": "$binary"},
            1,
            "Splitting files, or no field at all, is not supported.",
        ),
        (
            "splitOut",
            {"fieldToSplitOut": "a,b", "options": {"destinationFieldName": "x"}},
            1,
            "There are not as many destination fields as fields.",
        ),
        (
            "aggregate",
            {
                "fieldsToAggregate": {
                    "fieldToAggregate": [
                        {"fieldToAggregate": "a", "renameField": True, "outputFieldName": "all"},
                        {"fieldToAggregate": "b", "outputFieldName": "no"},
                    ]
                },
                "options": {"mergeLists": True, "keepMissing": True},
            },
            1,
            {
                "mode": "fields",
                "fields": [{"field": "a", "output_name": "all"}, {"field": "b", "output_name": ""}],
                "merge_lists": True,
                "keep_missing": True,
                "dot_notation": True,
                "include_binary": False,
            },
        ),
        (
            "aggregate",
            {"aggregate": "aggregateAllItemData", "include": "allFieldsExcept", "fieldsToExclude": "x"},
            1,
            {
                "mode": "all_items",
                "destination": "data",
                "include": "except",
                "include_fields": "x",
                "include_binary": False,
            },
        ),
        ("aggregate", {"options": {"groupByFields": "a"}}, 1, "Grouping is not supported."),
        ("aggregate", {}, 1, "The node does not say which fields to aggregate."),
        ("itemLists", {"operation": "limit", "maxItems": 2}, 3, {"max_items": 2, "keep": "first"}),
        (
            "itemLists",
            {
                "fieldToSplitOut": "a",
                "include": "selectedOtherFields",
                "fieldsToInclude": {"fields": [{"fieldName": "b"}, {"fieldName": "c"}]},
            },
            1,
            {
                "fields": [{"field": "a", "destination": ""}],
                "include": "selected",
                "include_fields": "b, c",
                "dot_notation": True,
                "include_binary": False,
            },
        ),
        ("itemLists", {"operation": "summarize"}, 3, "operation = summarize is not supported."),
    ],
)
def test_small_nodes(parameters: Any, type_id: str, given: Any, version: float, expected: Any) -> None:
    assert parameters(type_id, given, version) == expected


def code(text: str, mode: str = "all_items") -> dict[str, Any]:
    return {"language": "javascript", "mode": mode, "code": text}


@pytest.mark.parametrize(
    ("type_id", "given", "expected"),
    [
        ("code", {"jsCode": "return 1;"}, code("return 1;")),
        ("code", {"jsCode": "return {};", "mode": "runOnceForEachItem"}, code("return {};", "each_item")),
        ("code", {"language": "python", "pythonCode": "return x"}, {**code("return x"), "language": "python"}),
        (
            "code",
            {"language": "pythonNative", "pythonCode": "return _item", "jsCode": "old", "mode": "runOnceForEachItem"},
            {**code("return _item", "each_item"), "language": "python"},
        ),
        ("code", {"language": "ruby", "jsCode": "x"}, "Code in ruby is not supported."),
        ("code", {"language": "python", "jsCode": "x"}, "The node has no code."),
        ("code", {}, "The node has no code."),
        ("function", {"functionCode": "return items;"}, code("var items = $input.all();\nreturn items;")),
        ("function", {"functionCode": "const items = 1;"}, code("const items = 1;")),
        (
            "functionItem",
            {"functionCode": "return item;"},
            code("var item = $json;\nreturn item;", "each_item"),
        ),
        ("functionItem", {"functionCode": "getBinaryData()"}, "Code that handles files is not supported."),
    ],
)
def test_code(parameters: Any, type_id: str, given: Any, expected: Any) -> None:
    assert parameters(type_id, given, 2) == expected


def test_code_that_reaches_out_is_a_warning(convert: Any) -> None:
    code = "const x = require('fs'); this.helpers.x(); return $getWorkflowStaticData('node');"
    outcome = convert("code", {"jsCode": code}, 2)
    assert outcome.report.nodes_converted == 1
    assert outcome.report.warnings == [
        "“Node”: The code uses modules, which it cannot reach here.",
        "“Node”: The code uses n8n's helpers, which it cannot reach here.",
    ]


@pytest.mark.parametrize(
    ("type_id", "given", "reason"),
    [
        ("wait", {"resume": 5}, "resume = 5 is not supported."),
        ("splitOut", {"fieldToSplitOut": True}, None),
        ("aggregate", {"aggregate": True}, "aggregate = true is not supported."),
        (
            "splitOut",
            {"fieldToSplitOut": "a", "options": {"includeBinary": "yes"}},
            "The parameter options.includeBinary is not a fixed yes or no.",
        ),
        (
            "splitOut",
            {"fieldToSplitOut": "a", "options": {"includeBinary": "TRUE", "disableDotNotation": 1}},
            None,
        ),
        ("limit", {"maxItems": {"__rl": True, "value": "={{ 3 }}"}}, None),
        ("interval", {"interval": "1.e999"}, "The parameter interval is not a fixed number."),
        ("interval", {"interval": 10**20}, "The parameter interval is not a fixed number."),
        ("interval", {"interval": "={{ true }}"}, "The parameter interval is not a fixed number."),
        ("stopAndError", {"errorType": "errorObject", "errorObject": "={{ /x/ }} {{ 1 }}"}, None),
        (
            "stopAndError",
            {"errorType": "errorObject", "errorObject": '={ "a": {{ JSON.stringify($json) }} }'},
            None,
        ),
    ],
)
def test_odd_values(convert: Any, type_id: str, given: Any, reason: str | None) -> None:
    placeholders = convert(type_id, given, 1.1).report.placeholders
    assert [entry["reason"] for entry in placeholders] == ([] if reason is None else [reason])


@pytest.mark.parametrize(
    ("source", "warning"),
    [
        ("import requests\nreturn _items", "the network"),
        ("if True:\n    from js import fetch\nreturn _items", "JavaScript from Python"),
        ("import pandas as pd\nreturn _items", "packages"),
        ("return [{'d': _now.toISO()}]", "Luxon's dates (here they are Python's)"),
        ("return open('x')", "files"),
        ("return _getWorkflowStaticData('node')", "static data"),
        ("reopen('x')\nimportant = _items\nreturn important", None),
    ],
)
def test_python_that_reaches_out_is_a_warning(convert: Any, source: str, warning: str | None) -> None:
    report = convert("code", {"language": "pythonNative", "pythonCode": source}, 2).report
    expected = [] if warning is None else [f"“Node”: The code uses {warning}, which it cannot reach here."]
    assert (report.nodes_converted, report.warnings) == (1, expected)
