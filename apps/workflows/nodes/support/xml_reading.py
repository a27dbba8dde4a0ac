"""XML as JSON, in the shape that xml2js gives it. Entities cannot be declared, nothing outside is read.

The standard library's expat, with the handlers that make it safe (what the package defusedxml does): it reads in
one pass, where a tree would take time with the square of a tag's attributes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn
from xml.parsers import expat

from exprsn.kernel.jsonvalue import JsonObject

MAX_XML = 10_000_000
MAX_DEPTH = 90


class BadXml(ValueError):
    """XML that is not well-formed, or that is refused; the message says why and where."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How elements become objects. ``attributes``: ``merge`` with the children, ``group`` under a key, ``drop``."""

    attribute_key: str = "$"
    text_key: str = "_"
    attributes: str = "merge"
    always_lists: bool = False
    lower_names: bool = False
    trim: bool = False
    clean_up: bool = False


def read_xml(text: str, shape: Shape, *, keep_root: bool = True) -> Any:
    """What a document says, as an object with the root's name, or without. Raises ``BadXml``."""
    if len(text) > MAX_XML:
        raise BadXml(f"The XML is longer than {MAX_XML} characters.")
    reader = _Reader(shape)
    # The text is known, so what it says of its encoding must not count.
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = _refuse_entities
    parser.UnparsedEntityDeclHandler = _refuse_entities
    parser.ExternalEntityRefHandler = _refuse_entities
    parser.AttlistDeclHandler = _refuse_defaults
    parser.SkippedEntityHandler = _refuse_unknown
    try:
        parser.Parse(text.strip().lstrip("\ufeff").encode("utf-8", "replace"), True)
    except expat.ExpatError as problem:
        reason = expat.errors.messages.get(problem.code, "unknown fault")
        raise BadXml(
            f"The XML is not well-formed: {reason} (line {problem.lineno}, column {problem.offset + 1})."
        ) from None
    return reader.made if keep_root else next(iter(reader.made.values()))


def _refuse_entities(*_: Any) -> NoReturn:
    raise BadXml("Entities cannot be declared.")


def _refuse_defaults(element: str, attribute: str, kind: str, default: str | None, required: int) -> None:
    if default is not None:  # one long value for a hundred thousand elements
        raise BadXml("Default values of attributes cannot be declared.")


def _refuse_unknown(name: str, *_: Any) -> NoReturn:
    raise BadXml(f"The entity &{name[:40]}; is not known.")


@dataclass(slots=True)
class _Open:
    """An element that has begun."""

    name: str
    fields: JsonObject
    texts: list[str] = field(default_factory=list)


class _Reader:
    """Builds the value while the parser goes through the text."""

    def __init__(self, shape: Shape) -> None:
        self.made: JsonObject = {}
        self._shape = shape
        self._open: list[_Open] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if len(self._open) >= MAX_DEPTH:
            raise BadXml(f"The XML is nested more than {MAX_DEPTH} levels deep.")
        shape = self._shape
        fields: JsonObject = {}
        if attributes and shape.attributes == "group":
            fields[shape.attribute_key] = dict(attributes)
        elif shape.attributes == "merge":
            fields = {key: [value] if shape.always_lists else value for key, value in attributes.items()}
        self._open.append(_Open(name.lower() if shape.lower_names else name, fields))

    def text(self, text: str) -> None:
        """A part of a text."""
        self._open[-1].texts.append(text)

    def end(self, _: str) -> None:
        """An element ends."""
        element = self._open.pop()
        text = self._tidied("".join(element.texts))
        value: Any = text
        if element.fields:
            value = {**element.fields, self._shape.text_key: text} if text else element.fields
        self._add(self._open[-1].fields if self._open else self.made, element.name, value)

    def _tidied(self, text: str) -> str:
        if not text.strip():
            return ""
        if self._shape.clean_up:
            return " ".join(text.split())
        return text.strip() if self._shape.trim else text

    def _add(self, fields: JsonObject, name: str, value: Any) -> None:
        if name not in fields:
            fields[name] = [value] if self._shape.always_lists else value
        elif isinstance(held := fields[name], list):
            held.append(value)
        else:
            fields[name] = [held, value]
