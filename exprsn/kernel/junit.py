"""Reports of workflow tests as JUnit XML, which build servers read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(reports: Iterable[tuple[str, Mapping[str, Any]]]) -> bytes:
    """``(name of the workflow, report of its tests)`` as one document; times in seconds."""
    root = Element("testsuites")
    for name, report in reports:
        results = report["results"]
        errors = sum(result["status"] == "error" for result in results)
        suite = SubElement(root, "testsuite", name=_clean(name), tests=str(len(results)), errors=str(errors))
        suite.set("failures", str(report["failed"] - errors))
        suite.set("time", _seconds(report["duration_ms"]))
        for result in results:
            _add_case(suite, name, result)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root)


def _add_case(suite: Element, workflow: str, result: Mapping[str, Any]) -> None:
    case = SubElement(suite, "testcase", classname=_clean(workflow), name=_clean(result["name"]))
    case.set("time", _seconds(result["duration_ms"]))
    if result["status"] == "passed":
        return
    failures = result["failures"]
    told = SubElement(case, "error" if result["status"] == "error" else "failure")
    told.set("type", failures[0]["kind"] if failures else "error")
    told.set("message", _clean(failures[0]["message"]) if failures else "")
    told.text = _clean("\n".join(_line(failure) for failure in failures))


def _line(failure: Mapping[str, Any]) -> str:
    place = f"{failure['node']}: " if failure["node"] else ""
    return f"{place}{failure['kind']}: {failure['message']}"


def _seconds(milliseconds: float) -> str:
    return f"{milliseconds / 1000:.3f}"


def _clean(text: str) -> str:
    """Text without what XML cannot hold."""
    return _NOT_XML.sub("\ufffd", str(text))
