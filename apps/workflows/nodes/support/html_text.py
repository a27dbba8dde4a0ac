"""The text of an element as a reader sees it: without scripts, with line breaks where blocks begin and end."""

from __future__ import annotations

import re
from collections.abc import Collection

from apps.workflows.nodes.support.html_tree import Element

HIDDEN = frozenset({"head", "noscript", "script", "style", "template", "title"})
BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li",
        "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
    }
)  # fmt: skip
_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_BEFORE_BREAKS = re.compile(r" +\n")
_MANY_BREAKS = re.compile(r"\n{3,}")


def visible_text(element: Element, skipped: Collection[Element] = ()) -> str:
    """The text; ``skipped`` elements are left out. The depth of a parsed tree is bounded, so this may recurse."""
    parts: list[str] = []
    _collect(element, skipped, parts, preserved=False)
    text = _BEFORE_BREAKS.sub("\n", "".join(parts))
    return _MANY_BREAKS.sub("\n\n", text).strip("\n ")


def _collect(element: Element, skipped: Collection[Element], parts: list[str], *, preserved: bool) -> None:
    tag = element.tag
    if not isinstance(tag, str) or element in skipped:
        return
    if tag == "br":
        parts.append("\n")
        return
    block, preserved = tag in BLOCKS, preserved or tag == "pre"
    if block:
        _break(parts)
    _put(element.text, parts, preserved)
    for child in element:
        if child.tag not in HIDDEN:
            _collect(child, skipped, parts, preserved=preserved)
        _put(child.tail, parts, preserved)
    if block:
        _break(parts)
    elif tag in ("td", "th"):
        parts.append(" ")


def _break(parts: list[str]) -> None:
    if parts and not parts[-1].endswith("\n"):
        parts.append("\n")


def _put(text: str | None, parts: list[str], preserved: bool) -> None:
    if not text:
        return
    if not preserved:
        text = _SPACES.sub(" ", text)
        if parts and parts[-1].endswith((" ", "\n")):
            text = text.lstrip(" ")
    if text:
        parts.append(text)
