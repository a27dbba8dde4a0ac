from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("given", "version", "expected"),
    [
        ({}, 1.1, {"compare": "all"}),
        ({"options": {}}, 2, {"compare": "all"}),
        (
            {"compare": "selectedFields", "fieldsToCompare": "id, a.b", "options": {"removeOtherFields": True}},
            2,
            {"compare": "selected", "include_fields": "id, a.b", "dot_notation": True, "remove_other_fields": True},
        ),
        (
            {
                "compare": "allFieldsExcept",
                "fieldsToExclude": {"fields": [{"fieldName": "a"}, {"fieldName": "b"}]},
                "options": {"disableDotNotation": True},
            },
            1,
            {"compare": "except", "include_fields": "a, b", "dot_notation": False, "remove_other_fields": False},
        ),
        ({"compare": "selectedFields"}, 2, "The node does not say which fields to compare."),
        (
            {"operation": "removeItemsSeenInPreviousExecutions", "dedupeValue": "={{ $json.id }}"},
            2,
            "Comparing with items of earlier executions is not supported yet.",
        ),
    ],
)
def test_remove_duplicates(parameters: Any, given: Any, version: Any, expected: Any) -> None:
    assert parameters("removeDuplicates", given, version) == expected


def test_rename_keys(parameters: Any) -> None:
    given = {
        "keys": {"key": [{"currentKey": "a", "newKey": "b.c"}, {"currentKey": "", "newKey": "x"}]},
        "additionalOptions": {
            "regexReplacement": {
                "replacements": [
                    {"searchRegex": "^x", "replaceRegex": "y", "options": {"caseInsensitive": True, "depth": 0}},
                    {"searchRegex": "={{ $json.p }}"},
                ]
            }
        },
    }
    assert parameters("renameKeys", given) == {
        "keys": [{"from": "a", "to": "b.c"}],
        "patterns": [
            {"search": "^x", "replace": "y", "ignore_case": True, "depth": 0},
            {"search": "={{ $json.p }}", "replace": "", "ignore_case": False, "depth": -1},
        ],
    }


def test_rename_keys_without_keys(parameters: Any) -> None:
    assert parameters("renameKeys", {}) == "The node does not say which keys to rename."


def test_summarize(parameters: Any) -> None:
    given = {
        "fieldsToSummarize": {
            "values": [
                {"field": "a"},
                {"aggregation": "countUnique", "field": "b", "includeEmpty": True},
                {"aggregation": "concatenate", "field": "c", "separateBy": "other", "customSeparator": " | "},
                {"aggregation": "concatenate", "field": "d"},
                {"aggregation": "sum"},
            ]
        },
        "fieldsToSplitBy": "g, h",
        "options": {"outputFormat": "singleItem", "continueIfFieldNotFound": True, "disableDotNotation": True},
    }
    assert parameters("summarize", given, 1.1) == {
        "fields": [
            {"aggregation": "count", "field": "a"},
            {"aggregation": "count_unique", "field": "b", "include_empty": True},
            {"aggregation": "concatenate", "field": "c", "separator": " | "},
            {"aggregation": "concatenate", "field": "d", "separator": ","},
        ],
        "group_by": "g, h",
        "skip_empty_groups": False,
        "output": "single_item",
        "ignore_missing": True,
        "dot_notation": False,
    }


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({}, "The node does not say which fields to summarize."),
        (
            {"fieldsToSummarize": {"values": [{"field": "a", "aggregation": "median"}]}},
            "The aggregation median is not supported.",
        ),
    ],
)
def test_summarize_that_cannot_be_converted(parameters: Any, given: Any, reason: Any) -> None:
    assert parameters("summarize", given) == reason


PAIR = {"mergeByFields": {"values": [{"field1": "a", "field2": "b"}, {"field1": "c"}]}}
COMPARED = {"match_fields": [{"left": "a", "right": "b"}], "skip_fields": "", "dot_notation": True}


@pytest.mark.parametrize(
    ("given", "version", "expected"),
    [
        (PAIR, 2.3, {**COMPARED, "when_different": "both", "loose_compare": False, "multiple_matches": "first"}),
        (
            {**PAIR, "fuzzyCompare": True, "options": {"multipleMatches": "all"}},
            1,
            {**COMPARED, "when_different": "input_b", "loose_compare": True, "multiple_matches": "all"},
        ),
        (
            {**PAIR, "resolve": "mix", "preferWhenMix": "input2", "exceptWhenMix": "x"},
            2,
            {
                **COMPARED,
                "when_different": "mix",
                "loose_compare": False,
                "multiple_matches": "first",
                "prefer": "input_b",
                "except_fields": "x",
            },
        ),
        ({}, 2, "The node does not say which fields to match."),
    ],
)
def test_compare_datasets(parameters: Any, given: Any, version: Any, expected: Any) -> None:
    assert parameters("compareDatasets", given, version) == expected


@pytest.mark.parametrize(
    ("given", "version", "expected"),
    [
        (
            {"value": "={{ $json.a }}"},
            1,
            {
                "operation": "hash",
                "algorithm": "md5",
                "value": "={{ $json.a }}",
                "encoding": "hex",
                "output_field": "data",
            },
        ),
        (
            {"action": "hmac", "type": "SHA3-512", "value": "v", "secret": "s", "encoding": "base64"},
            1,
            {
                "operation": "hmac",
                "algorithm": "sha3_512",
                "value": "v",
                "secret": "s",
                "encoding": "base64",
                "output_field": "data",
            },
        ),
        ({"action": "generate", "dataPropertyName": "id"}, 1, {"operation": "uuid", "output_field": "id"}),
        (
            {"action": "generate", "encodingType": "ascii", "stringLength": "={{ $json.n }}"},
            1,
            {"operation": "random", "characters": "alphanumeric", "length": "={{ $json.n }}", "output_field": "data"},
        ),
        ({"binaryData": True}, 1, "Hashing files is not supported yet."),
        ({"action": "hmac"}, 2, "Credentials of the type crypto are not supported yet."),
        ({"action": "sign"}, 1, "action = sign is not supported."),
    ],
)
def test_crypto(parameters: Any, given: Any, version: Any, expected: Any) -> None:
    assert parameters("crypto", given, version) == expected


NOW = {"operation": "now", "output_field": "currentDate", "include_input": False}


@pytest.mark.parametrize(
    ("given", "version", "expected"),
    [
        ({}, 2, {**NOW, "include_time": True, "timezone": ""}),
        (
            {"includeTime": False, "options": {"timezone": "Europe/Rome", "includeInputFields": True}},
            2,
            {**NOW, "include_time": False, "timezone": "Europe/Rome", "include_input": True},
        ),
        (
            {
                "operation": "formatDate",
                "date": "={{ $json.d }}",
                "format": "custom",
                "customFormat": "yyyy",
                "options": {"fromFormat": "d.M.yyyy"},
            },
            2,
            {
                "operation": "format",
                "date": "={{ $json.d }}",
                "format": "yyyy",
                "input_format": "d.M.yyyy",
                "output_field": "formattedDate",
                "include_input": False,
            },
        ),
        (
            {"operation": "subtractFromDate", "magnitude": "2026-01-01", "duration": 5, "timeUnit": "=days"},
            2,
            {
                "operation": "subtract",
                "date": "2026-01-01",
                "amount": 5,
                "unit": "days",
                "output_field": "newDate",
                "include_input": False,
            },
        ),
        (
            {"operation": "getTimeBetweenDates", "startDate": "a", "endDate": "b", "options": {"isoString": True}},
            2,
            {
                "operation": "difference",
                "start": "a",
                "end": "b",
                "units": ["days"],
                "as_iso": True,
                "output_field": "timeDifference",
                "include_input": False,
            },
        ),
        (
            {"operation": "extractDate", "date": "a", "part": "week", "outputFieldName": "w"},
            2,
            {"operation": "extract", "date": "a", "part": "week", "output_field": "w", "include_input": False},
        ),
        (
            {"operation": "roundDate", "date": "a", "mode": "roundUp", "to": "month"},
            2,
            {
                "operation": "round",
                "date": "a",
                "direction": "up",
                "nearest": "months",
                "output_field": "roundedDate",
                "include_input": False,
            },
        ),
        (
            {"operation": "roundDate", "date": "a", "toNearest": "hour"},
            2,
            {
                "operation": "round",
                "date": "a",
                "direction": "down",
                "nearest": "hours",
                "output_field": "roundedDate",
                "include_input": False,
            },
        ),
        (
            {"value": "a", "toFormat": "DD.MM.YYYY [um] HH:mm A", "options": {"toTimezone": "Europe/Rome"}},
            1,
            {
                "operation": "format",
                "date": "a",
                "format": "dd.MM.yyyy 'um' HH:mm a",
                "timezone": "Europe/Rome",
                "output_field": "data",
                "include_input": True,
            },
        ),
        (
            {"action": "calculate", "value": "a", "operation": "subtract", "duration": 1, "timeUnit": "weeks"},
            1,
            {
                "operation": "subtract",
                "date": "a",
                "amount": 1,
                "unit": "weeks",
                "output_field": "data",
                "include_input": True,
            },
        ),
        ({"toFormat": "Do MMMM"}, 1, "The format Do MMMM is not supported."),
        (
            {"toFormat": "={{ $json.f }}"},
            1,
            "A format that is an expression is not supported in this version of the node.",
        ),
        ({"operation": "getTimeBetweenDates", "units": "={{ $json.u }}"}, 2,
         "The units of the difference are not a fixed list."),
        ({"options": {"fromTimezone": "Asia/Tokyo"}}, 1,
         "Reading dates in another time zone than they are written in is not supported."),
    ],
)  # fmt: skip
def test_date_time(parameters: Any, given: Any, version: Any, expected: Any) -> None:
    assert parameters("dateTime", given, version) == expected
