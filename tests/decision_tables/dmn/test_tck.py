"""The compatibility kit: how cases are read and compared, and how many of the real ones pass."""

from __future__ import annotations

import json
import threading
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from apps.decision_tables.engine.dmn.evaluation import DmnModel
from apps.decision_tables.engine.feel.temporal_reading import parse_date, parse_duration, parse_time
from apps.decision_tables.interchange.tck import running
from apps.decision_tables.interchange.tck.cases import read_test_file
from apps.decision_tables.interchange.tck.comparing import agrees
from apps.decision_tables.interchange.tck.running import run_directory, run_kit
from exprsn.kernel.errors import DomainError
from tests.decision_tables.dmn.samples import decision, file, function, given, text

NAMESPACES = (
    'xmlns="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
)
SERVICES = (
    '<decisionService id="_s" name="s"><outputDecision href="#_a"/><inputData href="#_n"/></decisionService>'
    '<decisionService id="_t" name="t"><outputDecision href="#_a"/><outputDecision href="#_b"/>'
    '<inputData href="#_n"/></decisionService>'
)
MODEL = (
    given("n")
    + decision("a", text("n + 1"), needs=("n",))
    + decision("b", text('"x"'))
    + decision("endless", text("f(1)"), needs=("f",))
    + function("f", text("f(n)"), "n")
    + SERVICES
)


def value(content: str, kind: str = "decimal") -> str:
    return f'<value xsi:type="xsd:{kind}">{content}</value>'


def case(result: str, inside: str, *, inputs: str = value("1"), attributes: str = "", error: str = "false") -> str:
    return (
        f'<testCase id="1" {attributes}><inputNode name="n">{inputs}</inputNode>'
        f'<resultNode name="{result}" errorResult="{error}"><expected>{inside}</expected></resultNode></testCase>'
    )


def kit(folder: Path, *cases: str, model: str = "model.dmn") -> Path:
    inside = folder / "level" / "0001-own"
    inside.mkdir(parents=True)
    (inside / "model.dmn").write_bytes(file(MODEL))
    tests = f"<testCases {NAMESPACES}><modelName>{model}</modelName>{''.join(cases)}</testCases>"
    (inside / "test-01.xml").write_text(tests)
    (inside / "notes.xml").write_text("<notes/>")
    return folder


@pytest.mark.parametrize(
    ("written", "passes"),
    [
        (case("a", value("2")), True),
        (case("a", value("2.000000001", "double")), True),
        (case("a", value("3")), False),
        (case("b", value("x", "string")), True),
        (case("missing", value("x", "string")), False),
        (case("missing", "", error="true"), True),
        (case("endless", '<value xsi:nil="true"/>', error="true"), True),
        (case("a", '<value xsi:nil="true"/>', inputs=value("x", "string")), True),
        (case("s", value("2"), attributes='type="decisionService" invocableName="s"'), True),
        (case("b", value("x", "string"), attributes='type="decisionService" invocableName="t"'), True),
        (case("f", "", attributes='type="bkm" invocableName="f"', error="true"), True),
    ],
)
def test_cases_pass_or_fail(tmp_path: Path, written: str, passes: bool) -> None:
    (found,) = run_kit(kit(tmp_path, written))
    assert (found.directory, found.case, found.passed) == ("0001-own", "test-01/1", passes)
    assert bool(found.reason) is not passes


def test_a_service_with_several_outputs_may_be_asked_whole(tmp_path: Path) -> None:
    whole = f'<component name="a">{value("2")}</component><component name="b">{value("x", "string")}</component>'
    (found,) = run_kit(kit(tmp_path, case("t", whole, attributes='type="decisionService" invocableName="t"')))
    assert found.passed


@pytest.mark.parametrize(
    ("model", "reason"), [("gone.dmn", "no model gone.dmn"), ("model", ""), ("broken.dmn", "not DMN")]
)
def test_the_model_is_found_by_its_name(tmp_path: Path, model: str, reason: str) -> None:
    folder = kit(tmp_path, case("a", value("2")), model=model)
    (folder / "level" / "0001-own" / "broken.dmn").write_text("<html/>")
    (found,) = run_kit(folder)
    assert found.passed is not bool(reason)
    assert reason in found.reason


def test_a_broken_test_file_fails_alone(tmp_path: Path) -> None:
    folder = kit(tmp_path, case("a", value("2")))
    (folder / "level" / "0001-own" / "test-02.xml").write_text("<testCases><broken")
    assert [found.passed for found in run_kit(folder)] == [True, False]


def _never(_self: DmnModel, _name: str, _inputs: Any) -> None:
    while True:
        pass


def _fail(_self: DmnModel, _name: str, _inputs: Any) -> None:
    raise ZeroDivisionError("oh")


@pytest.mark.parametrize(("broken", "reason"), [(_never, "longer than 0.05 s"), (_fail, "ZeroDivisionError: oh")])
def test_nothing_stops_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: Any, reason: str) -> None:
    monkeypatch.setattr(running, "CASE_SECONDS", 0.05)
    monkeypatch.setattr(DmnModel, "decide", broken)
    results = list(run_kit(kit(tmp_path, case("a", value("2")), case("b", value("2")))))
    assert [found.passed for found in results] == [False, False]
    assert reason in results[0].reason


def test_cases_run_beside_the_main_thread_too(tmp_path: Path) -> None:
    folder = kit(tmp_path, case("a", value("2")))
    found: list[bool] = []
    thread = threading.Thread(target=lambda: found.extend(result.passed for result in run_kit(folder)))
    thread.start()
    thread.join()
    assert found == [True]


def test_the_command_counts(tmp_path: Path) -> None:
    folder = kit(tmp_path, case("a", value("2")), case("a", value("3")))
    out = StringIO()
    call_command("dmn_tck", str(folder / "level" / "0001-own"), "--json", stdout=out)
    counts = {"passed": 1, "failed": 1}
    assert json.loads(out.getvalue()) == {"totals": counts, "directories": {"0001-own": counts}}


@pytest.mark.parametrize(("verbosity", "named"), [(1, False), (2, True)])
def test_the_command_names_what_failed(tmp_path: Path, verbosity: int, named: bool) -> None:
    out = StringIO()
    call_command("dmn_tck", str(kit(tmp_path, case("a", value("3")))), verbosity=verbosity, stdout=out)
    assert "0 passed     1 failed" in out.getvalue()
    assert ("expected Decimal('3'), got Decimal('2')" in out.getvalue()) is named


def test_a_folder_that_is_not_there() -> None:
    with pytest.raises(CommandError, match="no folder"):
        call_command("dmn_tck", "/nowhere/at/all")


def test_a_file_of_something_else_is_refused() -> None:
    with pytest.raises(DomainError, match="<testCases>"):
        read_test_file(b"<tests/>")


def given_value(inside: str) -> Any:
    content = f"<testCases {NAMESPACES}>{case('a', '', inputs=inside)}</testCases>"
    return read_test_file(content.encode()).cases[0].inputs["n"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (value("1.50"), Decimal("1.50")),
        (value("true", "boolean"), True),
        (value("0", "boolean"), False),
        (value(" x ", "string"), " x "),
        (value("", "string"), ""),
        (value("x", "anyURI"), "x"),
        (value("2026-01-31", "date"), parse_date("2026-01-31")),
        (value("10:00:00Z", "time"), parse_time("10:00:00Z")),
        (value("P1D", "duration"), parse_duration("P1D")),
        ("<value>x</value>", "x"),
        ('<value xsi:nil="true"/>', None),
        ('<list xsi:nil="true"/>', None),
        ("<list/>", []),
        (f'<list><item>{value("1")}</item><item xsi:nil="true"/></list>', [Decimal(1), None]),
        (
            f'<component name="a">{value("1")}</component><component name="b" xsi:nil="1"/>',
            {"a": Decimal(1), "b": None},
        ),
        ("", None),
    ],
)
def test_values_of_the_kit(written: str, expected: Any) -> None:
    assert given_value(written) == expected


@pytest.mark.parametrize(
    ("expected", "actual", "agree"),
    [
        (Decimal("1"), Decimal("1.000000001"), True),
        (Decimal("1"), Decimal("1.0001"), False),
        (Decimal("1e20"), Decimal("100000000000000000001"), True),
        (True, Decimal(1), False),
        (None, False, False),
        (None, None, True),
        ([Decimal(1)], [Decimal(1)], True),
        ([Decimal(1)], [], False),
        ({"a": "x"}, {"a": "x"}, True),
        ({"a": "x"}, {"a": "x", "b": None}, False),
        ("1", Decimal(1), False),
        (parse_time("10:00:00Z"), parse_time("11:00:00+01:00"), True),
        (parse_date("2026-01-31"), parse_date("2026-01-30"), False),
    ],
)
def test_what_agrees(expected: Any, actual: Any, agree: bool) -> None:
    assert agrees(expected, actual) is agree


def test_every_case_of_the_kit_passes(corpora: Path) -> None:
    root = corpora / "dmn-tck"
    if not root.is_dir():
        pytest.skip("EXPRSN_CORPORA has no folder dmn-tck")
    results = list(run_kit(root))
    assert len({result.directory for result in results}) >= 40
    assert [(result.case, result.reason) for result in results if not result.passed] == []


def test_a_directory_is_run_by_itself(corpora: Path) -> None:
    folder = corpora / "dmn-tck" / "compliance-level-2" / "0004-simpletable-U"
    if not folder.is_dir():
        pytest.skip("EXPRSN_CORPORA has no folder dmn-tck")
    assert [result.passed for result in run_directory(folder)] == [True] * 3
