from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.workflows.engine.items import Item, ItemBatch
from apps.workflows.engine.node_type import NodeError
from apps.workflows.nodes import rename_keys
from apps.workflows.registry import get_node_type

PERSON = {"mail": "a@x", "who": {"first_name": "A", "last_name": "B"}, "tags": [{"old_t": 1}]}


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"keys": [{"from": "mail", "to": "email"}]}, {**PERSON, "mail": None, "email": "a@x"}),
        ({"keys": [{"from": "mail", "to": "contact.email"}]}, {**PERSON, "mail": None, "contact": {"email": "a@x"}}),
        ({"keys": [{"from": "nothing", "to": "b"}, {"from": "mail", "to": "mail"}, {"from": "", "to": "x"}]}, PERSON),
        ({"keys": [{"from": "mail", "to": "tags"}]}, {"who": PERSON["who"], "tags": "a@x"}),
        ({"keys": [{"from": "who.first_name", "to": "name"}]},
         {**PERSON, "who": {"last_name": "B"}, "name": "A"}),
        ({"keys": [{"from": "who.first_name", "to": "name"}], "dot_notation": False}, PERSON),
        ({"keys": [{"from": "mail", "to": "a.b"}], "dot_notation": False}, {**PERSON, "mail": None, "a.b": "a@x"}),
        ({"patterns": [{"search": "^(\\w+)_name$", "replace": "$1"}]},
         {**PERSON, "who": {"first": "A", "last": "B"}}),
        ({"patterns": [{"search": "^(\\w+)_name$", "replace": "$1", "depth": 0}]}, PERSON),
        ({"patterns": [{"search": "^OLD_(?<rest>.+)", "replace": "$<rest>", "ignore_case": True, "depth": 2}]},
         {**PERSON, "tags": [{"t": 1}]}),
        ({"patterns": [{"search": "^OLD_(.+)", "replace": "$1", "ignore_case": True, "depth": 1}]}, PERSON),
        ({"keys": [{"from": "mail", "to": "old_mail"}], "patterns": [{"search": "old_", "depth": "0"}]}, PERSON),
    ],
)  # fmt: skip
def test_renames(run_node: Any, parameters: Any, expected: Any) -> None:
    expected = {name: value for name, value in expected.items() if value is not None}
    assert run_node("rename_keys", parameters, [PERSON]).json() == [expected]


def test_a_renamed_field_keeps_its_place(run_node: Any) -> None:
    ran = run_node("rename_keys", {"keys": [{"from": "b", "to": "x"}]}, [{"a": 1, "b": 2, "c": 3}])
    assert list(ran.json()[0]) == ["a", "x", "c"]


def test_files_and_pairs_are_kept(run_node: Any) -> None:
    batch = ItemBatch([Item({"a": 1}), Item({"a": 2}, {"f": {"id": "1"}})])
    ran = run_node("rename_keys", {"keys": [{"from": "a", "to": "={{ 'b' + $itemIndex }}"}]}, batch)
    assert ran.json() == [{"b0": 1}, {"b1": 2}]
    assert ran.pairs() == [[(0, 0)], [(1, 0)]]
    assert ran.result.outputs["main"][1].binary == {"f": {"id": "1"}}


@pytest.mark.parametrize(
    ("parameters", "parameter", "message"),
    [
        ({"patterns": [{"search": "("}]}, "patterns[0].search", "A group is not closed."),
        ({"patterns": [{"search": "(?=a)"}]}, "patterns[0].search", "Looking ahead or behind is not supported."),
        ({"patterns": [{"search": "a", "depth": 99}]}, "patterns[0].depth",
         "A whole number from -1 to 50 is expected, not '99'."),
        ({"keys": [{"from": "a", "to": "b.c[99999]"}, {"from": "b.c", "to": "x"}]}, None, None),
        ({"keys": [{"from": "a", "to": "[]"}]}, "keys[0].to", "A field name is missing."),
    ],
)  # fmt: skip
def test_refusals(run_node: Any, parameters: Any, parameter: Any, message: Any) -> None:
    if message is None:
        assert run_node("rename_keys", parameters, [{"a": 1}]).json() == [{"b": {}, "x": {"99999": 1}}]
        return
    with pytest.raises(NodeError) as refused:
        run_node("rename_keys", parameters, [{"a": 1}])
    assert (refused.value.message, refused.value.parameter, refused.value.item) == (message, parameter, 0)


def test_patterns_share_one_budget(run_node: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rename_keys, "MAX_STEPS", 2_000)
    names = {f"{'a' * 20}{number}": number for number in range(20)}
    same = run_node("rename_keys", {"patterns": [{"search": "^a+0$", "replace": "x"}]}, [{"a0": 1}] * 1_000)
    assert same.json() == [{"x": 1}] * 1_000
    with pytest.raises(NodeError, match="too long"):
        run_node("rename_keys", {"patterns": [{"search": "(a*)*b"}]}, [names])


def test_faults() -> None:
    check = get_node_type("rename_keys").check
    assert check({}) == {"keys": ["Name at least one field or pattern."]}
    assert check({"patterns": [{"search": "[a"}, {"search": "=[{{ $json.a }}"}, 5]}) == {
        "patterns[0].search": ["The pattern ends too early."]
    }


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.integers(), max_size=4))
def test_renaming_there_and_back_changes_nothing(run_node: Any, json: Any) -> None:
    there = run_node("rename_keys", {"keys": [{"from": "a", "to": "zz"}]}, [json]).json()
    assert run_node("rename_keys", {"keys": [{"from": "zz", "to": "a"}]}, there).json() == [json]
