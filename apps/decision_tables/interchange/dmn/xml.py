"""XML that somebody else wrote, read without trust.

Document types are refused outright, so there are no entities to expand and nothing to fetch. Size, number of marks
and depth are bounded before a tree is built.
"""

from __future__ import annotations

import codecs
import re
from typing import Any, cast

from lxml import etree

from exprsn.kernel.errors import InvalidInput

MAX_BYTES = 16 * 1024 * 1024
MAX_MARKS = 1_500_000
MAX_DEPTH = 100

_ENCODINGS = frozenset({"utf-8", "utf-16", "utf-16-le", "utf-16-be", "ascii", "iso8859-1", "cp1252"})
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,500}?\?>")
_DECLARED = re.compile(rb"""\s*<\?xml\b[^>]{0,400}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")


def refused(message: str, *, path: str = "content") -> InvalidInput:
    """Return the error of a file that cannot be taken."""
    return InvalidInput(message, code="import_invalid", errors={path: [message]})


def parse_xml(content: bytes) -> etree._Element:
    """Return the root element of a document; raises ``import_invalid`` with a sentence that says why not."""
    if len(content) > MAX_BYTES:
        raise refused(f"The file is larger than {MAX_BYTES // (1024 * 1024)} MiB. Split it into smaller models.")
    text = _decoded(content)
    body = text[_end_of_declaration(text) :]
    if _has_document_type(body):
        raise refused("The file has a document type declaration (<!DOCTYPE …>), which is not accepted. Remove it.")
    if body.count("<") > MAX_MARKS:
        raise refused(f"The file has more than {MAX_MARKS:,} XML tags. Split it into smaller models.")
    _check_depth(body)
    return _parsed(body)


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode(content[len(mark) :], encoding)
    declared = _DECLARED.match(content[:500])
    return _decode(content, declared.group(1).decode("ascii") if declared else "utf-8")


def _decode(content: bytes, encoding: str) -> str:
    try:
        known = codecs.lookup(encoding).name
    except LookupError:
        known = ""
    if known not in _ENCODINGS:
        raise refused(f"The file's encoding {encoding} is not supported. Save it as UTF-8.")
    try:
        return content.decode(known)
    except UnicodeDecodeError:
        raise refused(f"The file is not text in {encoding}. Save it as UTF-8.") from None


def _end_of_declaration(text: str) -> int:
    found = _DECLARATION.match(text)
    return found.end() if found else 0


def _has_document_type(body: str) -> bool:
    position = 0
    while True:
        position = _skip_space(body, position)
        if body.startswith("<!--", position):
            end = body.find("-->", position)
        elif body.startswith("<?", position):
            end = body.find("?>", position)
        else:
            return body.startswith("<!", position)
        if end < 0:
            return False
        position = end + 2


def _skip_space(body: str, position: int) -> int:
    while position < len(body) and (body[position].isspace() or body[position] in ">\ufeff"):
        position += 1
    return position


class _Depth:
    """A target that only counts how deep elements are nested, and keeps nothing."""

    def __init__(self) -> None:
        self.depth = 0

    def start(self, _tag: str | bytes, _attributes: object) -> None:
        """Go one level down."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise refused(f"The file's elements are nested more than {MAX_DEPTH} levels deep.")

    def end(self, _tag: str | bytes) -> None:
        """Come one level up."""
        self.depth -= 1

    def close(self) -> None:
        """Nothing is kept."""


def _check_depth(body: str) -> None:
    target = cast(Any, _Depth())  # it has only the events that are counted
    _feed(body, etree.XMLParser(target=target, resolve_entities=False, no_network=True, huge_tree=False))


def _parsed(body: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    return _feed(body, parser)


def _feed(body: str, parser: etree.XMLParser) -> etree._Element:
    try:
        return etree.fromstring(body.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        raise refused(f"The file is not well-formed XML: {_reason(error)}") from None


def _reason(error: Exception) -> str:
    return str(error)[:300]
