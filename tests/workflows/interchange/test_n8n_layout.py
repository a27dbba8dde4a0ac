"""Imported drawings look as they did: nothing lies on anything else, and what was aligned stays aligned."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.workflows.interchange.n8n.workflow import import_n8n

CARD = (224, 87)


def drawn(*nodes: dict[str, Any]) -> list[dict[str, Any]]:
    """The nodes of an import, in the order given."""
    whole = [{"name": f"N{at}", "type": "n8n-nodes-base.noOp", **node} for at, node in enumerate(nodes)]
    found: list[dict[str, Any]] = import_n8n({"nodes": whole, "connections": {}}).definition["nodes"]
    return found


def note(x: int, y: int, width: int, height: int) -> dict[str, Any]:
    size = {"content": "Group", "width": width, "height": height}
    return {"type": "n8n-nodes-base.stickyNote", "position": [x, y], "parameters": size}


def box(node: dict[str, Any]) -> tuple[float, float, float, float]:
    x, y = node["position"]["x"], node["position"]["y"]
    is_note = node["type"] == "sticky_note"
    width, height = (node["parameters"]["width"], node["parameters"]["height"]) if is_note else CARD
    return x, y, x + width, y + height


def lie_on_each_other(one: dict[str, Any], other: dict[str, Any]) -> bool:
    (left, top, right, bottom), (x, y, to_x, to_y) = box(one), box(other)
    return left < to_x and x < right and top < to_y and y < bottom


def test_a_row_becomes_wider_and_stays_a_row() -> None:
    nodes = drawn(*({"position": [220 * at, 300]} for at in range(4)))
    assert [node["position"] for node in nodes] == [{"x": x, "y": 304} for x in (0, 304, 608, 928)]


def test_a_narrow_drawing_is_stretched_as_far_as_its_cards_need() -> None:
    nodes = drawn(*({"position": [160 * at, 90 * row]} for row in range(3) for at in range(3)))
    assert not any(lie_on_each_other(*pair) for pair in combinations(nodes, 2))
    columns = [[nodes[3 * row + at]["position"]["x"] for row in range(3)] for at in range(3)]
    assert all(len(set(column)) == 1 for column in columns)


def test_a_node_with_many_outputs_has_room() -> None:
    rules = {"values": [{"conditions": {"conditions": []}} for _ in range(8)]}
    switch = {"type": "n8n-nodes-base.switch", "typeVersion": 3, "position": [0, 0], "parameters": {"rules": rules}}
    _, below = drawn(switch, {"position": [0, 140]})
    assert below["position"]["y"] >= 7 * 24 + 32


def test_a_note_holds_what_it_held() -> None:
    held, paper = drawn({"position": [400, 100]}, note(380, 40, 160, 180))
    left, top, right, bottom = box(paper)
    x, y, to_x, to_y = box(held)
    assert left < x and top < y and to_x < right and to_y < bottom


def test_notes_that_hold_nothing_grow_with_the_drawing() -> None:
    (paper,) = drawn(note(-100, 7, 400, 200))
    assert (paper["position"], box(paper)[2]) == ({"x": -144, "y": 0}, 416)


coordinates = st.lists(st.tuples(st.integers(-900, 900), st.integers(-400, 400)), min_size=1, max_size=25)


@given(coordinates)
@settings(max_examples=60, deadline=None)
def test_no_card_ever_lies_on_another(places: list[tuple[int, int]]) -> None:
    nodes = drawn(*({"position": list(place)} for place in places))
    assert not any(lie_on_each_other(*pair) for pair in combinations(nodes, 2))
    assert all(node["position"][axis] % 16 == 0 for node in nodes for axis in "xy")
