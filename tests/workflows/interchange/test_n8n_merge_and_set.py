from __future__ import annotations

from typing import Any

import pytest

COMBINE = {"merge_nested": True, "ignore_empty": False, "clash": "auto"}


@pytest.mark.parametrize(
    ("given", "version", "expected"),
    [
        ({}, 3, {"mode": "append", "number_inputs": 2}),
        ({"numberInputs": 4}, 3, {"mode": "append", "number_inputs": 4}),
        (
            {
                "mode": "combine",
                "combineBy": "combineByPosition",
                "numberInputs": 3,
                "options": {"includeUnpaired": True},
            },
            3.1,
            {
                "mode": "combine",
                "number_inputs": 3,
                "combine_by": "position",
                "include_unpaired": True,
                **COMBINE,
            },
        ),
        (
            {
                "mode": "combine",
                "combineBy": "combineAll",
                "options": {"clashHandling": {"values": {"resolveClash": "addSuffix"}}},
            },
            3,
            {"mode": "combine", "number_inputs": 2, "combine_by": "all", **COMBINE, "clash": "add_suffix"},
        ),
        (
            {
                "mode": "combine",
                "fieldsToMatchString": "id, a.b",
                "joinMode": "enrichInput1",
                "options": {
                    "fuzzyCompare": True,
                    "multipleMatches": "first",
                    "disableDotNotation": True,
                    "clashHandling": {
                        "values": {
                            "resolveClash": "preferInput1",
                            "mergeMode": "shallowMerge",
                            "overrideEmpty": True,
                        }
                    },
                },
            },
            3,
            {
                "mode": "combine",
                "number_inputs": 2,
                "combine_by": "fields",
                "merge_nested": False,
                "ignore_empty": True,
                "clash": "prefer_input_1",
                "match_fields": [{"left": "id", "right": "id"}, {"left": "a.b", "right": "a.b"}],
                "join_mode": "enrich_input_1",
                "output_data_from": "both",
                "multiple_matches": "first",
                "loose_compare": True,
                "dot_notation": False,
            },
        ),
        (
            {"mode": "combine", "mergeByFields": {"values": [{"field1": "x", "field2": "y"}]}},
            2,
            {
                "mode": "combine",
                "number_inputs": 2,
                "combine_by": "fields",
                **COMBINE,
                "match_fields": [{"left": "x", "right": "y"}],
                "join_mode": "keep_matches",
                "output_data_from": "both",
                "multiple_matches": "all",
                "loose_compare": False,
                "dot_notation": True,
            },
        ),
        (
            {
                "mode": "combine",
                "combinationMode": "multiplex",
                "options": {"clashHandling": {"values": {"resolveClash": "preferLast"}}},
            },
            2.1,
            {"mode": "combine", "number_inputs": 2, "combine_by": "all", **COMBINE, "clash": "prefer_last"},
        ),
        (
            {"mode": "combineBySql", "numberInputs": 3, "query": "SELECT a.x FROM input1 a JOIN input3 b ON a.x = b.x"},
            3,
            {"mode": "sql", "number_inputs": 3, "query": "SELECT a.x FROM input1 a JOIN input3 b ON a.x = b.x"},
        ),
        (
            {"mode": "chooseBranch", "useDataOfInput": 2},
            3,
            {"mode": "choose_branch", "number_inputs": 2, "branch_output": "input", "use_input": 2},
        ),
        (
            {"mode": "chooseBranch", "output": "input2"},
            2.1,
            {"mode": "choose_branch", "number_inputs": 2, "branch_output": "input", "use_input": 2},
        ),
        (
            {"mode": "chooseBranch", "output": "empty"},
            3,
            {"mode": "choose_branch", "number_inputs": 2, "branch_output": "empty"},
        ),
        ({}, 1, {"mode": "append"}),
        ({"mode": "passThrough", "output": "input2"}, 1, {"mode": "choose_branch", "use_input": 2}),
        ({"mode": "wait"}, 1, {"mode": "choose_branch", "branch_output": "empty"}),
        ({"mode": "multiplex"}, 1, {"mode": "combine", "combine_by": "all", "merge_nested": False}),
        (
            {"mode": "mergeByIndex", "join": "outer"},
            1,
            {"mode": "combine", "combine_by": "position", "include_unpaired": True, "merge_nested": False},
        ),
        (
            {"mode": "removeKeyMatches", "propertyName1": "a", "propertyName2": "b"},
            1,
            {
                "mode": "combine",
                "combine_by": "fields",
                "match_fields": [{"left": "a", "right": "b"}],
                "join_mode": "keep_non_matches",
                "output_data_from": "input_1",
            },
        ),
    ],
)
def test_merge(parameters: Any, given: Any, version: float, expected: Any) -> None:
    assert parameters("merge", given, version) == expected


@pytest.mark.parametrize(
    ("given", "version", "reason"),
    [
        (
            {"mode": "combineBySql", "query": "={{ $json.sql }}"},
            3,
            "The SQL itself comes from an expression; only values can.",
        ),
        ({"numberInputs": 11}, 3, "Between 2 and 10 inputs are supported."),
        ({"mode": "combine"}, 3, "The node does not say which fields to match."),
        (
            {"mode": "chooseBranch", "useDataOfInput": "={{ $json.n }}"},
            3,
            "Which input to pass on is not a fixed number.",
        ),
        (
            {
                "mode": "combine",
                "combineBy": "combineAll",
                "options": {"clashHandling": {"values": {"resolveClash": "x"}}},
            },
            3,
            "The clash handling x is not supported.",
        ),
        ({"mode": "mergeByKey"}, 1, "The old merge mode mergeByKey is not supported."),
        ({"mode": "mergeByIndex"}, 1, "The old merge mode mergeByIndex is not supported."),
        ({"mode": "keepKeyMatches"}, 1, "The node does not say which fields to match."),
    ],
)
def test_merges_that_cannot_be_converted(parameters: Any, given: Any, version: float, reason: str) -> None:
    assert parameters("merge", given, version) == reason


SET = {"mode": "manual", "dot_notation": True, "ignore_conversion_errors": False, "include_binary": True}


def made(name: str, kind: str, value: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "value": value}


@pytest.mark.parametrize(
    ("given", "version", "expected"),
    [
        (
            {
                "values": {
                    "string": [{"name": "a", "value": "x"}],
                    "number": [{"name": "n"}],
                    "boolean": [{"name": "b", "value": True}],
                },
                "keepOnlySet": True,
                "options": {"dotNotation": False},
            },
            1,
            {
                **SET,
                "dot_notation": False,
                "include": "none",
                "assignments": [made("a", "string", "x"), made("n", "number", 0), made("b", "boolean", True)],
            },
        ),
        (
            {
                "fields": {
                    "values": [
                        {"name": "a", "stringValue": "x"},
                        {"name": "n", "type": "numberValue", "numberValue": "5"},
                    ]
                },
                "include": "selected",
                "includeFields": "q",
                "options": {"ignoreConversionErrors": True},
            },
            3.2,
            {
                **SET,
                "ignore_conversion_errors": True,
                "include": "selected",
                "include_fields": "q",
                "assignments": [made("a", "string", "x"), made("n", "number", "5")],
            },
        ),
        ({"options": {}}, 3, {**SET, "include": "all", "assignments": []}),
        ({"include": "none", "options": {}}, 3.2, {**SET, "include": "none", "assignments": []}),
        ({"options": {}}, 3.4, {**SET, "include": "none", "assignments": []}),
        (
            {"includeOtherFields": True, "include": "except", "excludeFields": "a,b", "options": {}},
            3.4,
            {**SET, "include": "except", "include_fields": "a,b", "assignments": []},
        ),
        (
            {"includeOtherFields": True, "options": {"stripBinary": True}},
            3.4,
            {**SET, "include_binary": False, "include": "all", "assignments": []},
        ),
        (
            {"mode": "raw", "jsonOutput": '={ "a": {{ $json.a }} }', "options": {}},
            3.4,
            {
                **SET,
                "mode": "raw_json",
                "include": "none",
                "json": (
                    '={ "a": {{ ((value) => typeof value === "object" ? JSON.stringify(value) : value)($json.a) }} }'
                ),
            },
        ),
        (
            {"mode": "raw", "jsonOutput": "={{ $json }}", "options": {}},
            3.4,
            {**SET, "mode": "raw_json", "include": "none", "json": "={{ $json }}"},
        ),
    ],
)
def test_set(parameters: Any, given: Any, version: float, expected: Any) -> None:
    assert parameters("set", given, version) == expected


def test_set_of_files_is_not_supported(parameters: Any) -> None:
    given = {"assignments": {"assignments": [{"name": "f", "type": "binary", "value": "data"}]}}
    assert parameters("set", given, 3.4) == "Fields of the type binary are not supported."


def test_duplicated_items_are_a_warning(convert: Any) -> None:
    outcome = convert("set", {"duplicateItem": True, "duplicateCount": 3}, 3.4)
    assert outcome.report.warnings == ["“Node”: Duplicating items in manual runs is left out."]
