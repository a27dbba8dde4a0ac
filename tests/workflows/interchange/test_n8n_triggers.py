from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("type_id", "given", "rules"),
    [
        ("scheduleTrigger", {}, [{"unit": "days", "interval": 1, "minute": 0, "hour": 0}]),
        (
            "scheduleTrigger",
            {"rule": {"interval": [{}]}},
            [{"unit": "days", "interval": 1, "minute": 0, "hour": 0}],
        ),
        (
            "scheduleTrigger",
            {
                "rule": {
                    "interval": [
                        {"field": "seconds"},
                        {"field": "minutes", "minutesInterval": 10},
                        {"field": "hours", "hoursInterval": 2, "triggerAtMinute": 15},
                        {"field": "weeks", "triggerAtDay": [1, 7], "triggerAtHour": "={{ 12 }}"},
                        {"field": "months", "triggerAtDayOfMonth": 31},
                        {"field": "cronExpression", "expression": "=0 9 * * 1"},
                    ]
                }
            },
            [
                {"unit": "seconds", "interval": 30},
                {"unit": "minutes", "interval": 10},
                {"unit": "hours", "interval": 2, "minute": 15},
                {"unit": "weeks", "interval": 1, "minute": 0, "hour": 12, "weekdays": [1, 0]},
                {"unit": "months", "interval": 1, "minute": 0, "hour": 0, "day_of_month": 31},
                {"unit": "cron", "expression": "0 9 * * 1"},
            ],
        ),
        (
            "cron",
            {
                "triggerTimes": {
                    "item": [
                        {},
                        {"mode": "everyMinute"},
                        {"mode": "everyHour", "minute": 5},
                        {"mode": "everyWeek", "weekday": "0", "hour": 8},
                        {"mode": "everyMonth", "dayOfMonth": 3},
                        {"mode": "everyX", "unit": "minutes", "value": 20},
                        {"mode": "custom", "cronExpression": "5 4 * * *"},
                    ]
                }
            },
            [
                {"unit": "days", "interval": 1, "hour": 14, "minute": 0},
                {"unit": "minutes", "interval": 1},
                {"unit": "hours", "interval": 1, "minute": 5},
                {"unit": "weeks", "interval": 1, "hour": 8, "minute": 0, "weekdays": [0]},
                {"unit": "months", "interval": 1, "hour": 14, "minute": 0, "day_of_month": 3},
                {"unit": "minutes", "interval": 20},
                {"unit": "cron", "expression": "5 4 * * *"},
            ],
        ),
        ("interval", {"interval": 10, "unit": "minutes"}, [{"unit": "minutes", "interval": 10}]),
    ],
)
def test_schedules(parameters: Any, type_id: str, given: Any, rules: Any) -> None:
    assert parameters(type_id, given, 1) == {"rules": rules}


@pytest.mark.parametrize(
    ("type_id", "given", "reason"),
    [
        ("cron", {}, "The node has no trigger times."),
        (
            "scheduleTrigger",
            {"rule": {"interval": [{"field": "cronExpression", "expression": "={{ $json.c }}"}]}},
            "The cron line is missing or is not fixed.",
        ),
        (
            "scheduleTrigger",
            {"rule": {"interval": [{"triggerAtHour": "={{ $now.hour }}"}]}},
            "The parameter rule[0].triggerAtHour is not a fixed number.",
        ),
    ],
)
def test_schedules_that_cannot_be_converted(parameters: Any, type_id: str, given: Any, reason: str) -> None:
    assert parameters(type_id, given, 1) == reason


def hook(**more: Any) -> dict[str, Any]:
    basic = {
        "path": "p",
        "methods": ["GET"],
        "auth": "none",
        "response_mode": "immediately",
        "raw_body": False,
    }
    return {**basic, **more}


@pytest.mark.parametrize(
    ("given", "version", "expected"),
    [
        ({"path": "p"}, 2, hook(response_code=200, response_headers=[])),
        ({"path": "p", "responseCode": 202}, 1, hook(response_code=202, response_headers=[])),
        (
            {
                "path": "p",
                "httpMethod": ["POST", "PUT"],
                "multipleMethods": True,
                "responseMode": "responseNode",
            },
            2,
            hook(methods=["POST", "PUT"], response_mode="respond_node"),
        ),
        (
            {
                "path": "p",
                "responseMode": "lastNode",
                "responseData": "allEntries",
                "options": {
                    "rawBody": True,
                    "responseCode": {"values": {"responseCode": "customCode", "customCode": 299}},
                    "responseContentType": "text/csv",
                    "responseHeaders": {"entries": [{"name": "X-A", "value": "1"}, {}]},
                },
            },
            2,
            hook(
                response_mode="last_node",
                raw_body=True,
                response_code=299,
                response_data="all_items",
                response_headers=[
                    {"name": "X-A", "value": "1"},
                    {"name": "Content-Type", "value": "text/csv"},
                ],
            ),
        ),
        ({"path": "p", "httpMethod": "={{ 'GET' }}"}, 2, "The methods of the webhook are not fixed."),
        (
            {"path": "p", "authentication": "jwtAuth"},
            2,
            hook(auth="jwt", response_code=200, response_headers=[]),
        ),
        (
            {"path": "p", "responseMode": "streaming"},
            2.1,
            hook(response_mode="streaming", response_code=200, response_headers=[]),
        ),
        (
            {"path": "p", "options": {"ipWhitelist": "10.0.0.1,10.0.0.2", "allowedOrigins": "https://a.example"}},
            2,
            hook(
                allowed_addresses="10.0.0.1,10.0.0.2",
                allowed_origins="https://a.example",
                response_code=200,
                response_headers=[],
            ),
        ),
        (
            {"path": "p", "options": {"ipWhitelist": "={{ $json.ip }}"}},
            2,
            "The option ipWhitelist is not fixed.",
        ),
        ({"path": "p", "options": {"binaryData": True}}, 1, hook(response_code=200, response_headers=[])),
        (
            {"path": "p", "responseMode": "lastNode", "responseData": "firstEntryBinary"},
            2,
            "Answering with a file is not supported yet.",
        ),
        (
            {"path": "p", "responseMode": "lastNode", "options": {"responsePropertyName": "a"}},
            2,
            "Answering with a single property is not supported.",
        ),
        ({"path": "p", "responseCode": 100}, 1, "A response code below 200 is not supported."),
        ({}, 2, "The webhook has no path."),
        (
            {"path": "p", "options": {"futureOption": 1}},
            2,
            "The parameter options.futureOption is not supported.",
        ),
    ],
)
def test_webhook(parameters: Any, given: Any, version: float, expected: Any) -> None:
    assert parameters("webhook", given, version) == expected


def test_webhook_path_falls_back_to_its_id_and_options_warn(convert: Any) -> None:
    options = {"ignoreBots": True, "binaryData": True, "binaryPropertyName": "file", "noResponseBody": True}
    outcome = convert("webhook", {"options": options}, 2, webhookId="abc")
    assert outcome.definition["nodes"][0]["parameters"]["path"] == "abc"
    assert outcome.report.warnings == [
        "“Node”: A file that is the whole body is under data, not under file.",
        "“Node”: Calls of bots are not ignored.",
        "“Node”: The immediate answer is always {execution_id, status}.",
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            {"options": {"responseKey": "a"}},
            {"respond_with": "first_item", "response_field": "a", "response_headers": []},
        ),
        (
            {"respondWith": "text", "responseBody": "hi"},
            {
                "respond_with": "text",
                "text_body": "hi",
                "response_headers": [{"name": "Content-Type", "value": "text/html; charset=utf-8"}],
            },
        ),
        (
            {
                "respondWith": "text",
                "options": {"responseHeaders": {"entries": [{"name": "content-type", "value": "text/xml"}]}},
            },
            {
                "respond_with": "text",
                "text_body": "",
                "response_headers": [{"name": "content-type", "value": "text/xml"}],
            },
        ),
        (
            {"respondWith": "redirect", "redirectURL": "https://a"},
            {"respond_with": "redirect", "redirect_url": "https://a", "response_headers": []},
        ),
        (
            {"respondWith": "noData", "options": {"responseCode": "={{ $json.c }}"}},
            {
                "respond_with": "no_data",
                "response_code": "={{ $json.c }}",
                "response_field": "",
                "response_headers": [],
            },
        ),
        (
            {"respondWith": "binary"},
            {"respond_with": "file", "file_property": "data", "response_headers": []},
        ),
        (
            {"respondWith": "binary", "responseDataSource": "set", "inputFieldName": "photo"},
            {"respond_with": "file", "file_property": "photo", "response_headers": []},
        ),
        ({"respondWith": "jwt"}, "respondWith = jwt is not supported."),
        ({"options": {"enableResponseOutput": True}}, "The output with the response is not supported."),
    ],
)
def test_respond_to_webhook(parameters: Any, given: Any, expected: Any) -> None:
    assert parameters("respondToWebhook", given, 1.1) == expected


def test_notes_with_odd_values(convert: Any) -> None:
    (node,) = convert("stickyNote", {"content": 5, "width": 9e9, "height": "x", "color": 99}).definition["nodes"]
    assert node["parameters"] == {"content": "", "width": 336, "height": 160, "color": 1}
