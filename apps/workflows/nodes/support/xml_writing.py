"""JSON as XML, from the shape that xml2js knows: attributes under one key, text under another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from apps.workflows.nodes.support.values import text_of

MAX_DEPTH = 100
MAX_LENGTH = 20_000_000
_NAME = re.compile(r"[A-Za-z_\u00c0-\ud7ff][\w.\u00b7-]*(?::[A-Za-z_\u00c0-\ud7ff][\w.\u00b7-]*)?")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


class NotXml(ValueError):
    """A value that XML cannot hold; the message says what and where."""


@dataclass(slots=True)
class XmlWriter:
    """Writes one value. ``cdata`` puts texts with signs into CDATA sections instead of escaping them."""

    attribute_key: str = "$"
    text_key: str = "_"
    cdata: bool = False
    _lines: list[str] = field(default_factory=list)
    _length: int = 0

    def write(self, name: str, value: Any) -> str:
        """An element of this name with the value in it. Raises ``NotXml``."""
        self._lines, self._length = [], 0
        self._element(name, value, 0)
        return "\n".join(self._lines)

    def _put(self, depth: int, text: str) -> None:
        line = "  " * depth + text
        self._length += len(line)
        if self._length > MAX_LENGTH:
            raise NotXml(f"The XML would have more than {MAX_LENGTH} characters.")
        self._lines.append(line)

    def _element(self, name: str, value: Any, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise NotXml(f"The value is nested more than {MAX_DEPTH} levels deep.")
        if not _NAME.fullmatch(name):
            raise NotXml(f"{name[:60]!r} cannot be the name of an element.")
        if isinstance(value, list):
            for entry in value:
                self._element(name, {"item": entry} if isinstance(entry, list) else entry, depth)
            return
        start, text, children = self._parts(name, value)
        if not children:
            self._put(depth, f"<{start}>{text}</{name}>" if text else f"<{start}/>")
            return
        self._put(depth, f"<{start}>{text}")
        for child, held in children.items():
            self._element(child, held, depth + 1)
        self._put(depth, f"</{name}>")

    def _parts(self, name: str, value: Any) -> tuple[str, str, Mapping[str, Any]]:
        """The inside of the start tag, the text, and the children."""
        if not isinstance(value, dict):
            return name, self._text(value), {}
        attributes = value.get(self.attribute_key)
        start = name
        if isinstance(attributes, dict):
            for key, held in attributes.items():
                if not _NAME.fullmatch(key):
                    raise NotXml(f"{key[:60]!r} cannot be the name of an attribute.")
                start += f" {key}={quoteattr(_clean(text_of(held)))}"
        own = {self.attribute_key, self.text_key} if isinstance(attributes, dict) else {self.text_key}
        children = {key: held for key, held in value.items() if key not in own}
        return start, self._text(value.get(self.text_key)), children

    def _text(self, value: Any) -> str:
        text = _clean(text_of(value))
        if self.cdata and any(sign in text for sign in "<>&"):
            return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"
        return escape(text, {"\r": "&#xD;"})


def _clean(text: str) -> str:
    found = _FORBIDDEN.search(text)
    if found:
        raise NotXml(f"XML cannot hold the character U+{ord(found.group()):04X}.")
    return text
