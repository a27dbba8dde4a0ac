"""Test files of the DMN Technology Compatibility Kit: what is given, what is asked, what is expected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from apps.decision_tables.engine.dmn.names import normal_name
from apps.decision_tables.engine.feel.decimals import parse_number
from apps.decision_tables.engine.feel.temporal_reading import parse_date, parse_date_time, parse_duration, parse_time
from apps.decision_tables.engine.feel.values import Value
from apps.decision_tables.interchange.dmn.namespaces import local_name
from apps.decision_tables.interchange.dmn.xml import parse_xml, refused

_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"


@dataclass(frozen=True, slots=True)
class ExpectedResult:
    """One ``resultNode``: the element asked for, and its value; ``error`` means that null or an error is right."""

    name: str
    value: Value
    error: bool


@dataclass(frozen=True, slots=True)
class TestCase:
    """One case: ``kind`` is ``decision``, ``bkm`` or ``decisionService``; ``invocable`` names the latter two."""

    __test__ = False

    id: str
    kind: str
    invocable: str
    inputs: Mapping[str, Value]
    results: tuple[ExpectedResult, ...]


@dataclass(frozen=True, slots=True)
class TestFile:
    """One test file and the name of the model that it is about."""

    __test__ = False

    model: str
    cases: tuple[TestCase, ...]


def read_test_file(content: bytes) -> TestFile:
    """Return the cases of a test file; raises ``import_invalid`` when it is none."""
    root = parse_xml(content)
    if local_name(root) != "testCases":
        raise refused("The file is not a TCK test file: its root must be <testCases>.")
    models = [(item.text or "").strip() for item in _children(root, "modelName")]
    return TestFile(models[0] if models else "", tuple(_case(item) for item in _children(root, "testCase")))


def _children(parent: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (item for item in parent if isinstance(item.tag, str) and local_name(item) in names)


def _case(item: etree._Element) -> TestCase:
    return TestCase(
        id=item.get("id") or "",
        kind=item.get("type") or "decision",
        invocable=normal_name(item.get("invocableName")),
        inputs={normal_name(node.get("name")): _content(node) for node in _children(item, "inputNode")},
        results=tuple(_result(node) for node in _children(item, "resultNode")),
    )


def _result(node: etree._Element) -> ExpectedResult:
    expected = next(_children(node, "expected", "computed"), None)
    return ExpectedResult(
        name=normal_name(node.get("name")),
        value=_content(expected) if expected is not None else None,
        error=(node.get("errorResult") or "").strip() in ("true", "1"),
    )


def _content(node: etree._Element) -> Value:
    if _is_nil(node):
        return None
    components = list(_children(node, "component"))
    if components:
        return {normal_name(item.get("name")): _content(item) for item in components if item.get("name") is not None}
    for item in _children(node, "list"):
        return None if _is_nil(item) else [_content(entry) for entry in _children(item, "item")]
    for item in _children(node, "value"):
        return None if _is_nil(item) else _value(item)
    return None


def _is_nil(item: etree._Element) -> bool:
    return (item.get(f"{_INSTANCE}nil") or "").strip() in ("true", "1")


def _value(item: etree._Element) -> Value:
    text = "".join(str(part) for part in item.itertext())
    kind = (item.get(f"{_INSTANCE}type") or "xsd:string").rpartition(":")[2]
    if kind in ("string", "anySimpleType", "anyType"):
        return text
    return _READERS[kind](text.strip()) if kind in _READERS else text


def _boolean(text: str) -> Value:
    return text in ("true", "1")


_READERS: Mapping[str, Callable[[str], Value]] = {
    "boolean": _boolean,
    "date": parse_date,
    "time": parse_time,
    "dateTime": parse_date_time,
    "duration": parse_duration,
    "dayTimeDuration": parse_duration,
    "yearMonthDuration": parse_duration,
    **dict.fromkeys(("decimal", "double", "float", "integer", "int", "long", "short"), parse_number),
}
