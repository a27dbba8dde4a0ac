"""The namespaces of DMN 1.1 to 1.5 and how their elements are told from those of others."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

MODEL = "https://www.omg.org/spec/DMN/20230324/MODEL/"
FEEL = "https://www.omg.org/spec/DMN/20230324/FEEL/"
DMNDI = "https://www.omg.org/spec/DMN/20230324/DMNDI/"
OWN = "urn:exprsn:decision-table:1"
DI = "http://www.omg.org/spec/DMN/20180521/DI/"
DC = "http://www.omg.org/spec/DMN/20180521/DC/"

MODELS = frozenset(
    {
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20151101/dmn11.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        MODEL,
        "https://www.omg.org/spec/DMN/20240513/MODEL/",
    }
)


def local_name(element: etree._Element) -> str:
    """Return the element's name without its namespace."""
    return etree.QName(element).localname


def namespace_of(element: etree._Element) -> str:
    """Return the element's namespace, empty when it has none."""
    return etree.QName(element).namespace or ""


def is_feel(language: str) -> bool:
    """Tell whether the name of an expression language means FEEL (which is the default)."""
    text = language.strip().lower()
    return not text or text == "feel" or ("/dmn/" in text and "feel" in text)


def children(parent: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """Yield the parent's DMN children, those of the given names or all."""
    for child in parent if parent is not None else ():
        if isinstance(child.tag, str) and namespace_of(child) in MODELS and (not names or local_name(child) in names):
            yield child


def child(parent: etree._Element | None, *names: str) -> etree._Element | None:
    """Return the first DMN child of one of these names."""
    return next(children(parent, *names), None)


def text_of(element: etree._Element | None) -> str:
    """Return the text of an element's ``text`` child, or its own."""
    if element is None:
        return ""
    inner = child(element, "text")
    source = inner if inner is not None else element
    return "".join(str(part) for part in source.itertext(with_tail=False)).strip()
