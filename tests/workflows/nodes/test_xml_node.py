from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.workflows.engine.node_type import NodeError
from apps.workflows.nodes.support import xml_reading, xml_writing

FEED = """<?xml version="1.0" encoding="UTF-16"?>
<Feed xmlns:m="urn:m" id="1"><item n="1">one</item><item><m:k xml:lang="de"> two
 lines </m:k></item><empty/>tail</Feed>"""
ITEMS = [{"n": "1", "_": "one"}, {"m:k": {"xml:lang": "de", "_": " two\n lines "}}]
FIELDS = {"item": ITEMS, "empty": "", "_": "tail"}


def read(run_node: Any, source: Any = FEED, **more: Any) -> Any:
    return run_node("xml", {"xml": "={{ $json.x }}", **more}, [{"x": source}]).json()[0]


def write(run_node: Any, value: Any, **more: Any) -> Any:
    given = {"operation": "from_json", "json": "={{ $json.v }}", "declaration": False, **more}
    return run_node("xml", given, [{"v": value}]).json()[0]["data"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, {"Feed": {"xmlns:m": "urn:m", "id": "1", **FIELDS}}),
        ({"keep_root": False}, {"xmlns:m": "urn:m", "id": "1", **FIELDS}),
        ({"attributes": "group", "lower_names": True, "attribute_key": "@", "text_key": "#", "trim": True},
         {"feed": {"@": {"xmlns:m": "urn:m", "id": "1"}, "empty": "", "#": "tail", "item": [
             {"@": {"n": "1"}, "#": "one"}, {"m:k": {"@": {"xml:lang": "de"}, "#": "two\n lines"}}]}}),
        ({"attributes": "drop", "clean_up": True},
         {"Feed": {"item": ["one", {"m:k": "two lines"}], "empty": "", "_": "tail"}}),
        ({"attributes": "drop", "always_lists": True},
         {"Feed": [{"item": ["one", {"m:k": [" two\n lines "]}], "empty": [""], "_": "tail"}]}),
        ({"output_field": "a.b", "attributes": "drop", "keep_root": False},
         {"x": FEED, "a": {"b": {"item": ["one", {"m:k": " two\n lines "}], "empty": "", "_": "tail"}}}),
    ],
)  # fmt: skip
def test_to_json(run_node: Any, more: Any, expected: Any) -> None:
    assert read(run_node, **more) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<a>x</a>", {"a": "x"}),
        (" \ufeff<a b='1'><b>2</b></a>", {"a": {"b": ["1", "2"]}}),
        ("<a> <b/> </a>", {"a": {"b": ""}}),
        ("<a>&amp;&#65;<![CDATA[<b>]]><!-- c --><?p i?></a>", {"a": "&A<b>"}),
        ("<!DOCTYPE html><a>é</a>", {"a": "é"}),
        ("<!DOCTYPE a SYSTEM 'http://127.0.0.1/x.dtd'><a/>", {"a": ""}),
    ],
)
def test_small_documents(run_node: Any, source: str, expected: Any) -> None:
    assert read(run_node, source) == expected


def test_a_root_with_only_text_can_stand_alone(run_node: Any) -> None:
    assert read(run_node, "<a>x</a>", keep_root=False) == {"data": "x"}


BOMB = '<!DOCTYPE a [<!ENTITY b "xxxxxxxxxx"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (BOMB, "Entities cannot be declared."),
        ("<!DOCTYPE a [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><a>&f;</a>", "Entities cannot be declared."),
        ("<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://x/'>%p;]><a/>", "Entities cannot be declared."),
        ("<!DOCTYPE a [<!ENTITY g SYSTEM 'x' NDATA y>]><a/>", "Entities cannot be declared."),
        ("<!DOCTYPE a SYSTEM 'x'><a>&f;</a>", "The entity &f; is not known."),
        ("<a>&f;</a>", "undefined entity (line 1, column 4)"),
        ("<!DOCTYPE a [<!ATTLIST a d CDATA 'long'>]><a/>", "Default values of attributes"),
        ("<a>\n<b></a>", "mismatched tag (line 2, column 6)"),
        ("", "no element found"),
        ("<a>" * 91 + "</a>" * 91, "more than 90 levels deep"),
        ("<a b='1' b='2'/>", "duplicate attribute"),
    ],
)
def test_what_is_refused(run_node: Any, source: str, message: str) -> None:
    with pytest.raises(NodeError) as refused:
        read(run_node, source)
    assert (refused.value.kind, refused.value.parameter, refused.value.item) == ("bad_xml", "xml", 0)
    assert message in refused.value.message


def test_declared_attributes_without_defaults_do_no_harm(run_node: Any) -> None:
    assert read(run_node, "<!DOCTYPE a [<!ATTLIST a d CDATA #IMPLIED>]><a/>") == {"a": ""}


def test_length_is_bounded(run_node: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_reading, "MAX_XML", 5)
    with pytest.raises(NodeError, match="longer than 5 characters"):
        read(run_node, "<a></a>")


@pytest.mark.parametrize(
    "source",
    [
        "<a " + " ".join(f"a{number}='1'" for number in range(100_000)) + "/>",
        "<a " + " ".join(f"xmlns:a{number}='u'" for number in range(20_000)) + ">" + "<b/>" * 20_000 + "</a>",
        "<a>" + "x<b/>" * 200_000 + "</a>",
        "<a b='" + "&amp;" * 500_000 + "'/>",
    ],
)
def test_attacks_end_in_bounded_time(run_node: Any, source: str) -> None:
    started = time.process_time()
    read(run_node, source)
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("value", "more", "expected"),
    [
        ({"a": {"$": {"id": 1, "t": '<"&\n'}, "_": "x", "b": [1, True, None]}}, {},
         '<a id="1" t=\'&lt;"&amp;&#10;\'>x\n  <b>1</b>\n  <b>true</b>\n  <b/>\n</a>'),
        ({"a": 1, "b": "<>"}, {}, "<root>\n  <a>1</a>\n  <b>&lt;&gt;</b>\n</root>"),
        ({"a": 1}, {"root": "r"}, "<r>\n  <a>1</a>\n</r>"),
        ({"a": [1, 2]}, {}, "<root>\n  <a>1</a>\n  <a>2</a>\n</root>"),
        ({"a": "x & ]]>"}, {"cdata": True}, "<a><![CDATA[x & ]]]]><![CDATA[>]]></a>"),
        ({"a": "plain"}, {"cdata": True}, "<a>plain</a>"),
        ([1, [2]], {}, "<root>\n  <item>1</item>\n  <item>\n    <item>2</item>\n  </item>\n</root>"),
        ({"$": "text", "b": {}}, {}, None),
        ("5", {}, "<root>5</root>"),
        ({"x:a": {"é": 1.0}}, {}, "<x:a>\n  <é>1</é>\n</x:a>"),
    ],
)  # fmt: skip
def test_from_json(run_node: Any, value: Any, more: Any, expected: Any) -> None:
    if expected is None:
        with pytest.raises(NodeError, match="cannot be the name of an element"):
            write(run_node, value)
        return
    assert write(run_node, value, **more) == expected


def test_the_whole_item_and_the_declaration(run_node: Any) -> None:
    ran = run_node("xml", {"operation": "from_json", "output_field": "xml"}, [{"a": 1}, {"b": 2}])
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    assert ran.json() == [{"a": 1, "xml": f"{head}<a>1</a>"}, {"b": 2, "xml": f"{head}<b>2</b>"}]
    assert ran.pairs() == [[(0, 0)], [(1, 0)]]


@pytest.mark.parametrize(
    ("value", "parameter", "message"),
    [
        ({"a b": 1, "c": 1}, "json", "'a b' cannot be the name of an element."),
        ({"a": {"$": {"<": 1}}}, "json", "'<' cannot be the name of an attribute."),
        ({"a": "\x01"}, "json", "XML cannot hold the character U+0001."),
    ],
)
def test_what_xml_cannot_hold(run_node: Any, value: Any, parameter: str, message: str) -> None:
    with pytest.raises(NodeError) as refused:
        write(run_node, value)
    assert (refused.value.parameter, refused.value.message) == (parameter, message)


def test_what_is_written_is_bounded(run_node: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_writing, "MAX_DEPTH", 2)
    with pytest.raises(NodeError, match="more than 2 levels"):
        write(run_node, {"a": {"b": {"c": {"d": 1}}}})
    monkeypatch.setattr(xml_writing, "MAX_LENGTH", 10)
    with pytest.raises(NodeError, match="more than 10 characters"):
        write(run_node, {"a": ["x"] * 10})


def test_the_place_of_the_answer_must_be_a_name(run_node: Any) -> None:
    with pytest.raises(NodeError) as refused:
        read(run_node, output_field="[]")
    assert refused.value.parameter == "output_field"


_TEXTS = st.text("ab<>&\"' ]", max_size=5).map(str.strip)
_VALUES = st.recursive(
    _TEXTS,
    lambda inner: st.dictionaries(st.sampled_from(["a", "b", "c:d"]), inner, min_size=1, max_size=3),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(["x", "y"]), _VALUES, min_size=2, max_size=2), st.booleans())
def test_what_was_written_is_read_again(run_node: Any, value: Any, cdata: bool) -> None:
    assert read(run_node, write(run_node, value, cdata=cdata), keep_root=False) == value
