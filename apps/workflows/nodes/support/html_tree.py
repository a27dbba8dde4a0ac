"""HTML as a tree. Parsing takes time in step with the length; what would not is refused."""

from __future__ import annotations

import re

from lxml import etree

MAX_HTML = 5_000_000
MAX_ATTRIBUTES = 1_000
MAX_SCANNED = 3_000_000
_TAG = re.compile(r"<[A-Za-z][^\s/>]*")
_ATTRIBUTE = re.compile(r"""[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"'][^\s>]*))?""")

Element = etree._Element


class BadHtml(ValueError):
    """HTML that is too long or too deep; the message says which."""


def parse_html(text: str) -> Element:
    """The root (``html``) of a document or fragment; an empty text gives an empty root. Raises ``BadHtml``."""
    if len(text) > MAX_HTML:
        raise BadHtml(f"The HTML is longer than {MAX_HTML} characters.")
    _refuse_many_attributes(text)
    # The text is known, so what a meta tag says of its encoding must not count.
    parser = etree.HTMLParser(encoding="utf-8", recover=True, no_network=True, remove_comments=True, remove_pis=True)
    source = text.replace("\0", "").encode("utf-8", "replace")
    root: Element | None
    try:
        root = etree.fromstring(source, parser) if source.strip() else None
    except etree.XMLSyntaxError:  # nothing but a comment
        root = None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" or "depth" in entry.message for entry in parser.error_log):
        raise BadHtml("The HTML is nested too deeply.")
    return etree.Element("html") if root is None else root


def _refuse_many_attributes(text: str) -> None:
    """The parser compares every attribute of a tag with every other: 100,000 of them would take minutes."""
    scanned = 0
    for tag in _TAG.finditer(text):
        at = tag.end()
        for number in range(MAX_ATTRIBUTES + 1):
            found = _ATTRIBUTE.match(text, at)
            if found is None:
                scanned += number
                break
            at = found.end()
        else:
            raise BadHtml(f"A tag has more than {MAX_ATTRIBUTES} attributes.")
        if scanned > MAX_SCANNED:
            raise BadHtml("The HTML has too many attributes.")


def inner_html(element: Element) -> str:
    """What stands between an element's tags."""
    inside = etree.tostring(element, method="html", encoding="unicode", with_tail=False)
    begin, end = inside.find(">") + 1, inside.rfind("</")
    return inside[begin:end] if end >= begin else ""
