"""JUnit XML of workflow tests."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from exprsn.kernel.junit import junit_xml


def result(name: str, status: str, *failures: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "status": status, "duration_ms": 1500, "failures": list(failures)}


def test_passed_failed_and_broken_tests() -> None:
    failure = {"kind": "equals", "message": "3, not 4", "node": "sum"}
    results = [
        result("good", "passed"),
        result("bad <&>", "failed", failure, {"kind": "count", "message": "none", "node": None}),
        result("broken", "error"),
    ]
    report = {"results": results, "failed": 2, "duration_ms": 2}
    (suite,) = ElementTree.fromstring(junit_xml([("order\x00desk", report)]))
    assert suite.attrib == {"name": "order\ufffddesk", "tests": "3", "errors": "1", "failures": "1", "time": "0.002"}
    assert [case.get("time") for case in suite] == ["1.500"] * 3
    (told,) = suite[1]
    assert (told.tag, told.get("type"), told.get("message")) == ("failure", "equals", "3, not 4")
    assert told.text == "sum: equals: 3, not 4\ncount: none"
    assert (suite[2][0].tag, suite[2][0].text) == ("error", None)


def test_no_reports_make_an_empty_document() -> None:
    assert ElementTree.fromstring(junit_xml([])).tag == "testsuites"
