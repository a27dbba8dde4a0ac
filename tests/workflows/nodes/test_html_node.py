from __future__ import annotations

from typing import Any

import pytest

from apps.workflows.engine.items import Item, ItemBatch
from apps.workflows.engine.node_type import NodeError
from apps.workflows.nodes import html
from apps.workflows.registry import get_node_type

PAGE = """<h1 title="Top"> Shop <b>now</b></h1><nav>menu</nav><p>One<br>two</p><a href="/a">A</a><a>B</a>
<input name="q" value="v"><textarea>long</textarea><select><option value="1">x<option selected>y</select>"""


def extract(run_node: Any, *values: Any, source: Any = PAGE, **more: Any) -> Any:
    entries = [{"key": "v", **value} for value in values]
    return run_node("html", {"html": "={{ $json.page }}", "values": entries, **more}, [{"page": source}]).json()


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"selector": "h1"}, "Shop now"),
        ({"selector": "h1", "return": "html"}, "Shop <b>now</b>"),
        ({"selector": "h1", "return": "attribute", "attribute": "TITLE"}, "Top"),
        ({"selector": "h1", "skip": "b"}, "Shop"),
        ({"selector": "p"}, "One two"),
        ({"selector": "a", "all": True}, ["A", "B"]),
        ({"selector": "a", "all": True, "return": "attribute", "attribute": "href"}, ["/a", None]),
        ({"selector": "input", "return": "value"}, "v"),
        ({"selector": "textarea", "return": "value"}, "long"),
        ({"selector": "select", "return": "value"}, "y"),
        ({"selector": "video"}, None),
        ({"selector": "video", "all": True}, []),
    ],
)
def test_extracts(run_node: Any, entry: Any, expected: Any) -> None:
    assert extract(run_node, entry) == [{"v": expected}]


def test_text_can_be_left_as_it_is(run_node: Any) -> None:
    assert extract(run_node, {"selector": "p"}, clean_up=False) == [{"v": "One\ntwo"}]
    assert extract(run_node, {"selector": "h1", "return": "html"}, trim=False) == [{"v": " Shop <b>now</b>"}]


def test_a_list_of_texts_gives_items(run_node: Any) -> None:
    made = extract(run_node, {"selector": "p"}, source=["<p>1</p>", "<p>2</p>"], include_input=True)
    assert made == [{"page": ["<p>1</p>", "<p>2</p>"], "v": "1"}, {"page": ["<p>1</p>", "<p>2</p>"], "v": "2"}]


def test_an_item_for_each_item(run_node: Any) -> None:
    given = {"html": "={{ $json.h }}", "values": [{"key": "a.b", "selector": "={{ $json.s }}"}]}
    ran = run_node("html", given, [{"h": "<p>1", "s": "p"}, {"h": "<i>2</i>", "s": "i"}])
    assert (ran.json(), ran.pairs()) == ([{"a.b": "1"}, {"a.b": "2"}], [[(0, 0)], [(1, 0)]])


@pytest.mark.parametrize(
    ("entry", "source", "parameter", "message"),
    [
        ({"selector": "p["}, PAGE, "values[0].selector", "The selector is not understood"),
        ({"selector": "p", "skip": "p:hover"}, PAGE, "values[0].selector", ":hover is not supported"),
        ({"selector": "p", "return": "attribute"}, PAGE, "values[0]", "Name the attribute to take."),
        ({"selector": "p", "return": "soul"}, PAGE, "values[0]", "'soul' cannot be taken."),
        ({"selector": "b ~ p"}, "<p>" * 30_000, "values[0].selector", "too long"),
        ({"selector": "i", "all": True}, "<i></i>" * 60_000, "values[0].selector", "More than 50000 elements"),
        ({"selector": "div", "all": True}, "<div>" * 200 + "<i></i>" * 60_000, "values[0].selector", "too long"),
        ({"selector": "p"}, 5, "html", "HTML is expected as text."),
        ({"selector": "p"}, "<div>" * 300, "html", "nested too deeply"),
    ],
)
def test_refusals(run_node: Any, entry: Any, source: Any, parameter: Any, message: Any) -> None:
    with pytest.raises(NodeError) as refused:
        extract(run_node, entry, source=source)
    assert (refused.value.parameter, refused.value.item) == (parameter, 0)
    assert message in refused.value.message


def test_a_page_from_a_template(run_node: Any) -> None:
    given = {"operation": "generate", "template": "=<p>{{ $json.a }}</p>"}
    ran = run_node("html", given, ItemBatch([Item({"a": "<b>"}, {"f": {"id": "1"}}), Item({"a": 2})]))
    assert ran.json() == [{"html": "<p><b></p>"}, {"html": "<p>2</p>"}]
    assert ran.result.outputs["main"][0].binary == {"f": {"id": "1"}}


def test_a_table_of_all_items(run_node: Any) -> None:
    given = {"operation": "table", "capitalize": True, "caption": "A & B", "output_field": "mail.body"}
    ran = run_node("html", given, [{"name": "<b>", "n": 1}, {"n": [1], "": None}])
    assert ran.json()[0]["mail"]["body"].replace("\n", "") == (
        "<table><caption>A &amp; B</caption><thead><tr><th>Name</th><th>N</th><th></th></tr></thead>"
        "<tbody><tr><td>&lt;b&gt;</td><td>1</td><td></td></tr><tr><td></td><td>[1]</td><td></td></tr></tbody></table>"
    )
    assert ran.pairs() == [[(0, 0), (1, 0)]]


def test_tables_are_bounded(run_node: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MAX_CELLS", 3)
    with pytest.raises(NodeError, match="more than 3 cells"):
        run_node("html", {"operation": "table"}, [{"a": 1, "b": 2}] * 2)


def test_the_place_of_the_answer_must_be_a_name(run_node: Any) -> None:
    with pytest.raises(NodeError) as refused:
        run_node("html", {"operation": "generate", "template": "", "output_field": "[]"})
    assert refused.value.parameter == "output_field"


def test_faults() -> None:
    check = get_node_type("html").check
    assert check({"values": [{"selector": "p:hover", "skip": "["}, {"selector": "={{ $json.s }}"}, 5]}) == {
        "values[0].selector": [":hover is not supported."],
        "values[0].skip": ["The selector is not understood: Expected ident or '*', got <EOF at 1>."],
    }
    assert check({"operation": "table"}) == {}
