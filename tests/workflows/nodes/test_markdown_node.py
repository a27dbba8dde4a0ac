from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from apps.workflows.engine.node_type import NodeError
from apps.workflows.nodes.support import html_markdown
from apps.workflows.nodes.support.html_markdown import markdown_of
from apps.workflows.nodes.support.html_text import visible_text
from apps.workflows.nodes.support.html_tree import BadHtml, parse_html


def to_html(run_node: Any, text: Any, **more: Any) -> Any:
    return run_node("markdown", {"markdown": "={{ $json.m }}", **more}, [{"m": text}]).json()[0]["data"]


@pytest.mark.parametrize(
    ("text", "more", "expected"),
    [
        ("# T\n\na *b* **c** ~~d~~ `e`", {},
         "<h1>T</h1>\n<p>a <em>b</em> <strong>c</strong> <s>d</s> <code>e</code></p>"),
        ("- a\n- b", {}, "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("|a|\n|-|\n|1|", {}, "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n</tr>\n"
         "</tbody>\n</table>"),
        ("a\nb", {}, "<p>a\nb</p>"),
        ("a\nb", {"line_breaks": True}, "<p>a<br />\nb</p>"),
        ("<b>x</b>", {}, "<p><b>x</b></p>"),
        ("<b>x</b>", {"allow_html": False}, "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ("[x](javascript:alert)", {}, "<p>[x](javascript:alert)</p>"),
        (5, {}, "<p>5</p>"),
        (None, {}, ""),
    ],
)  # fmt: skip
def test_to_html(run_node: Any, text: Any, more: Any, expected: Any) -> None:
    assert to_html(run_node, text, **more) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>T <b>x</b></h1><p>a <b>bold </b>and <i>it</i><br>next</p>", "# T **x**\n\na **bold** and *it*  \nnext"),
        ("<ul><li>a<ul><li>b</li><li>c</li></ul></li><li><p>d</p><p>e</p></li></ul>",
         "- a\n  - b\n  - c\n- d\n\n  e"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b"),
        ("<ol start=3><li>x<li>y</ol>", "3. x\n4. y"),
        ("<blockquote><p>q</p><p>r</p></blockquote>", "> q\n>\n> r"),
        ('<pre><code class="language-py">a `b`\n  c</code></pre>', "```py\na `b`\n  c\n```"),
        ("<pre>```</pre><code>x`y</code> <code>`z`</code><code> </code>", "````\n```\n````\n\n``x`y`` `` `z` ``"),
        ("<pre>a<br>b</pre>", "```\na\nb\n```"),
        ("<table><tr><th>a|b<th>c<tr><td>1</table>", "| a\\|b | c |\n| --- | --- |\n| 1 |  |"),
        ("<table><thead><tr><td>a</thead><tbody><tr><td>b</tbody></table>", "| a |\n| --- |\n| b |"),
        ("<table>x</table>", "x"),
        ("<a href='/a (b)' title='t\"'>li*nk</a>", '[li\\*nk](/a%20%28b%29 "t\\"")'),
        ("<a href='/x'><img src=i alt='y'></a>", "[![y](i)](/x)"),
        ("<a>none</a> <a href=x></a><img alt=y>", "none"),
        ("<del>x</del><b> </b><em></em>", "~~x~~"),
        ("1. no<br># no<p>- no</p>*x* _y_", "1\\. no  \n\\# no\n\n\\- no\n\n\\*x\\* \\_y\\_"),
        ("a<hr>b<script>x</script>", "a\n\n---\n\nb"),
        ("a <span>b</span> <div>c</div> d", "a b\n\nc\n\nd"),
        ("<p></p><blockquote></blockquote><ul></ul>", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_from_html(run_node: Any, html: Any, expected: Any) -> None:
    ran = run_node("markdown", {"operation": "from_html", "html": "={{ $json.h }}"}, [{"h": html}])
    assert ran.json() == [{"h": html, "data": expected}]


@pytest.mark.parametrize(
    ("parameters", "parameter", "message"),
    [
        ({"markdown": "={{ 'x'.repeat(300001) }}"}, "markdown", "longer than 300000"),
        ({"operation": "from_html", "html": "={{ '<div>'.repeat(300) }}"}, "html", "nested too deeply"),
        ({"markdown": "x", "output_field": "[]"}, "output_field", "A field name is missing."),
    ],
)
def test_refusals(run_node: Any, parameters: Any, parameter: Any, message: Any) -> None:
    with pytest.raises(NodeError) as refused:
        run_node("markdown", parameters, [{"a": 1}])
    assert (refused.value.parameter, refused.value.item) == (parameter, 0)
    assert message in refused.value.message


@pytest.mark.parametrize("part", ["[", "*a ", "![[]()", "|a", "<", "a\n", "- ", ">", "`", "_a*", '[a](b "'])
def test_attacks_on_markdown_end(run_node: Any, part: str) -> None:
    started = time.process_time()
    to_html(run_node, part * (60_000 // len(part)))
    assert time.process_time() - started < 15


@pytest.mark.parametrize(
    "html",
    [
        "<blockquote>" * 200 + "a<br>" * 200_000,
        "<ul><li>" * 100 + "a<br>" * 100_000,
        "<table><tr><td>" * 80 + "<p>a" * 50_000,
        "<b>" * 200 + "a" * 1_000_000,
    ],
)
def test_attacks_on_html_end(html: str) -> None:
    started = time.process_time()
    try:
        markdown_of(parse_html(html))
    except BadHtml as problem:
        assert "more than 5000000" in str(problem)
    assert time.process_time() - started < 20


def test_wide_tables_become_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_markdown, "MAX_CELLS", 3)
    table = "<table><tr><td>a<td>b<tr><td>c<td>d</table>"
    assert markdown_of(parse_html(table)) == "a b\nc d"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text("ab1.#-+>*_[]()`~|!<&\\= ", max_size=12), min_size=1, max_size=4))
def test_text_comes_back_as_it_was(paragraphs: list[str]) -> None:
    escaped = [text.replace("&", "&amp;").replace("<", "&lt;") for text in paragraphs]
    made = markdown_of(parse_html("".join(f"<p>{text}</p>" for text in escaped)))
    shown = visible_text(parse_html(MarkdownIt("commonmark").render(made)))
    assert shown.split() == " ".join(paragraphs).split()
