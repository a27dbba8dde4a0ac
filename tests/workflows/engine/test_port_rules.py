from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.engine.port_rules import Counted, Entries, Fixed, Listed, PortRule

COUNTED = Counted(parameter="count", prefix="way_", first=1, least=1, most=3, otherwise=2)
NAMED = Entries(parameter="rules", name_field="name", prefix="rule_", most=2)


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (1, ["way_1"]),
        (2.9, ["way_1", "way_2"]),
        (0, ["way_1", "way_2"]),
        (4, ["way_1", "way_2"]),
        (False, ["way_1", "way_2"]),
        ("3", ["way_1", "way_2"]),
    ],
)
def test_a_number_says_how_many(given: Any, names: list[str]) -> None:
    assert PortRule([COUNTED]).names({"count": given}) == names


def test_entries_name_their_ports_and_no_more_than_allowed() -> None:
    assert PortRule([NAMED]).names({"rules": [{"name": "a"}, 5, {"name": "c"}]}) == ["a", "rule_1"]
    assert PortRule([NAMED]).names({"rules": None}) == []


def test_a_list_of_names() -> None:
    rule = PortRule([Listed(parameter="ports", most=3, otherwise=["main"])])
    assert rule.names({"ports": ["b", "", "a", "c"]}) == ["b", "a"]
    assert rule.names({}) == ["main"]


def test_parts_follow_each_other_where_their_condition_holds() -> None:
    rule = PortRule([NAMED, Fixed(name="rest", when={"keep": [True]}), Fixed(name="a")])
    assert rule.names({"rules": [{"name": "a"}], "keep": True}) == ["a", "rest"]
    assert rule.names({"rules": [{"name": "a"}]}) == ["a"]


def test_a_rule_describes_itself_for_the_catalogue() -> None:
    described = PortRule([COUNTED, Fixed(name="rest", when={"keep": (True,)})], port_type="conditional").described()
    counted = {"kind": "counted", "parameter": "count", "prefix": "way_", "first": 1, "least": 1, "most": 3}
    assert described == {
        "type": "conditional",
        "parts": [
            {**counted, "otherwise": 2, "when": {}},
            {"kind": "fixed", "name": "rest", "when": {"keep": [True]}},
        ],
    }
    assert NAMED.described() == {"parameter": "rules", "name_field": "name", "prefix": "rule_", "most": 2}
    assert Listed(parameter="p", most=1, otherwise=("x",)).described() == {
        "parameter": "p",
        "most": 1,
        "otherwise": ["x"],
    }
