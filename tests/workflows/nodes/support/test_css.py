from __future__ import annotations

import time

import pytest

from apps.workflows.nodes.support.css import MAX_STEPS, BadSelector, Document, SelectionTooCostly
from apps.workflows.nodes.support.html_text import visible_text
from apps.workflows.nodes.support.html_tree import BadHtml, inner_html, parse_html

PAGE = """<!DOCTYPE html><html lang="en"><head><title>T</title></head><body>
<ul id="menu" class="nav big"><li id="a" class="on">A</li>
<li id="b">B <b id="bb">x</b></li><li id="c" lang="en-GB">C</li></ul>
<p id="p1">one</p><!-- note --><p id="p2" data-k="Alpha Beta">two</p>
<div id="d"><p id="p3"></p><span id="s">deep</span></div>
<input id="i" checked disabled><a id="l1" href="/x.pdf">pdf</a><a id="l2" href="https://y">y</a>
</body></html>"""


def ids(selector: str, html: str = PAGE, steps: int = MAX_STEPS) -> list[str]:
    return [element.get("id") or element.tag for element in Document(parse_html(html), steps).select(selector)]


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("p", ["p1", "p2", "p3"]),
        ("P#p2", ["p2"]),
        (".nav.big > li", ["a", "b", "c"]),
        ("body p", ["p1", "p2", "p3"]),
        ("body > p", ["p1", "p2"]),
        ("p + p", ["p2"]),
        ("p ~ div", ["d"]),
        ("ul ~ p, span", ["p1", "p2", "s"]),
        ("[href]", ["l1", "l2"]),
        ("[href$='.pdf']", ["l1"]),
        ("[href^=https]", ["l2"]),
        ("a[href!='/x.pdf']", ["l2"]),
        ("[data-k~=Beta]", ["p2"]),
        ("[data-k*='ha b' i]", ["p2"]),
        ("[data-k*='ha b']", []),
        ("[lang|=en]", ["html", "c"]),
        ("[id='']", []),
        ("[id^='']", []),
        ("li:not(.on)", ["b", "c"]),
        ("li:is(.on, #c)", ["a", "c"]),
        ("li:where(#b)", ["b"]),
        ("li:has(b)", ["b"]),
        ("div:has(> p)", ["d"]),
        ("p:has(+ div)", ["p2"]),
        ("p:has(~ div)", ["p1", "p2"]),
        ("li:first-child", ["a"]),
        ("li:last-child", ["c"]),
        ("li:nth-child(odd)", ["a", "c"]),
        ("li:nth-child(-n+2)", ["a", "b"]),
        ("li:nth-last-child(1)", ["c"]),
        ("p:nth-of-type(2)", ["p2"]),
        ("p:first-of-type", ["p1", "p3"]),
        ("p:last-of-type", ["p2", "p3"]),
        ("b:only-child", ["bb"]),
        ("span:only-of-type", ["s"]),
        ("p:empty", ["p3"]),
        (":root", ["html"]),
        ("input:checked:disabled", ["i"]),
        ("li:contains('B')", ["b"]),
        ("table", []),
    ],
)
def test_selects(selector: str, expected: list[str]) -> None:
    assert ids(selector) == expected


def test_selects_inside_of_an_element() -> None:
    document = Document(parse_html(PAGE))
    (div,) = document.select("#d")
    assert [element.get("id") for element in document.select("p, span", div)] == ["p3", "s"]


@pytest.mark.parametrize(
    ("selector", "message"),
    [
        ("", "not understood"),
        ("p[", "not understood"),
        ("p::before", "Pseudo-elements"),
        ("p:hover", ":hover is not supported"),
        ("p:lang(en)", ":lang() is not supported"),
        ("p:nth-child(x)", "count of :nth-child"),
        (":is(" * 240, "not understood"),
        ("p" * 1_001, "at most 1000"),
    ],
)
def test_bad_selectors(selector: str, message: str) -> None:
    with pytest.raises(BadSelector) as refused:
        ids(selector)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("selector", "html"),
    [("b ~ p", "<p>" * 30_000), ("div:has(div:has(div:has(i)))", "<div>" * 200 + "<b></b>" * 5_000)],
)
def test_what_looks_at_every_pair_is_stopped_by_the_budget(selector: str, html: str) -> None:
    with pytest.raises(SelectionTooCostly, match="too long"):
        ids(selector, html, steps=200_000)


@pytest.mark.parametrize(
    ("selector", "html"),
    [
        ("div div div div div div b", "<div>" * 200 + "<b>x</b>" * 20_000),
        (".q ~ p", f"<p class='{'x ' * 500_000}'>" + "<p>" * 20_000),
        ("div:contains('z')", "<div>" * 200 + "x" * 1_000_000),
        ("i:nth-child(2n+1)", "<i></i>" * 100_000),
    ],
)
def test_attacks_end_in_bounded_time(selector: str, html: str) -> None:
    started = time.process_time()
    try:
        ids(selector, html)
    except SelectionTooCostly as problem:
        assert "too long" in str(problem)
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<div>" * 300, "nested too deeply"),
        ("<p " + "a b=1 " * 2_000 + ">", "more than 1000 attributes"),
        ("<p x='>' " + "a b=1 " * 2_000 + ">", "more than 1000 attributes"),
        (("<a " * 400 + ">") * 4_000, "too many attributes"),
        (" " * 5_000_001, "longer than"),
    ],
)
def test_html_that_is_refused(html: str, message: str) -> None:
    with pytest.raises(BadHtml) as refused:
        parse_html(html)
    assert message in str(refused.value)


@pytest.mark.parametrize("html", ["", "  ", "<!-- only a note -->", "\0"])
def test_nothing_gives_an_empty_tree(html: str) -> None:
    assert (parse_html(html).tag, inner_html(parse_html(html))) == ("html", "")


def test_odd_characters_do_no_harm() -> None:
    root = parse_html("<meta charset='utf-16'><p>é\ud800&amp;&#0;</p>")
    assert visible_text(root) == "é?&\ufffd" or visible_text(root).startswith("é?&")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one  two\n three</p><p>four</p>", "one two three\nfour"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<script>x</script><style>y</style>z<noscript>n</noscript>!", "z!"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<b>a</b> <i>b</i>", "a b"),
        ("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1 2\n3"),
        ("<ul><li>x</li><li>y</li></ul>", "x\ny"),
    ],
)
def test_visible_text(html: str, text: str) -> None:
    assert visible_text(parse_html(html)) == text


def test_parts_can_be_left_out_of_the_text() -> None:
    document = Document(parse_html("<nav>menu</nav><p>text<b>bold</b> end</p>"))
    assert visible_text(document.root, frozenset(document.select("nav, b"))) == "text end"
