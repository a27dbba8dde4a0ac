"""What a file holds beside DMN: it is kept where it can be, and named in the report."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from apps.decision_tables.interchange.dmn.namespaces import MODELS, OWN, child, local_name, namespace_of
from apps.decision_tables.interchange.outcome import Report

MAX_KEPT = 10_000
_DIAGRAMS = frozenset({"DMNDI"})


def foreign_report(root: etree._Element) -> Report:
    """Return what of a whole file has no place in a table: diagrams, elements and attributes of other namespaces."""
    found: Report = []
    seen: set[str] = set()
    for element in root.iter():
        for name in _foreign_names(element):
            if name not in seen and len(seen) < 100:
                seen.add(name)
                found.append({"severity": "info", "place": name, "message": _message(name)})
    return found


def _foreign_names(element: etree._Element) -> Iterator[str]:
    namespace = namespace_of(element)
    parent = element.getparent()
    if namespace not in MODELS:
        outermost = parent is None or namespace_of(parent) in MODELS
        if outermost and namespace != OWN:
            yield f"{{{namespace}}}{local_name(element)}"
        return
    for key in element.attrib:
        qualified = etree.QName(key)
        if qualified.namespace and qualified.namespace not in (OWN, _INSTANCE):
            yield f"@{{{qualified.namespace}}}{qualified.localname}"


_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"


def _message(name: str) -> str:
    if name.rpartition("}")[2] in _DIAGRAMS:
        return "The diagram is not kept; an export draws a new one."
    if name.startswith("@"):
        return "This attribute of another tool is not kept."
    return "This element of another tool is kept among the table's metadata where it belongs to the table."


def kept_extensions(*parents: etree._Element) -> list[str]:
    """Return the extension elements of other tools as XML texts, up to a size."""
    found: list[str] = []
    for parent in parents:
        extension = child(parent, "extensionElements")
        for element in extension if extension is not None else ():
            if isinstance(element.tag, str) and namespace_of(element) != OWN:
                text = etree.tostring(element, encoding="unicode", with_tail=False)
                if sum(map(len, found)) + len(text) <= MAX_KEPT:
                    found.append(text)
    return found


def own_extension(table: etree._Element) -> str:
    """Return the text of our own extension of a table, empty where there is none."""
    extension = child(table, "extensionElements")
    for element in extension if extension is not None else ():
        if isinstance(element.tag, str) and namespace_of(element) == OWN and local_name(element) == "table":
            return element.text or ""
    return ""
