"""``exprsn workflows test``: what it asks for, prints and writes, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.cli.conftest import Cli
from tests.cli.told_server import Answer, ToldServer, refusal

ID = "0192d6a4-5f7c-7a3e-9c1b-2f4d6e8a0b1c"
INFO = {"has_more": False, "next_cursor": None, "count": 1}


def report(*failures: str, covered: int = 3) -> dict[str, Any]:
    """A round of one test."""
    told = [{"kind": "count", "message": message, "node": "out"} for message in failures]
    missing = {"nodes": ["b"], "branches": [{"node": "if", "output": "false"}]} if covered < 4 else {}
    result = {"test": ID, "name": "Good", "status": "failed" if told else "passed", "duration_ms": 5, "failures": told}
    return {
        "passed": int(not told), "failed": int(bool(told)), "duration_ms": 5, "version": 1, "results": [result],
        "coverage": {
            part: {"covered": covered, "total": 4, "missing": missing.get(part, [])} for part in ("nodes", "branches")
        },
    }  # fmt: skip


def test_one_workflow(cli: Cli, told: ToldServer, tmp_path: Path) -> None:
    told.tell(Answer(body=report()))
    cli.uses(told.url)
    file = tmp_path / "report.xml"
    done = cli("workflows", "test", ID, "--version", "3", "--junit", str(file), "--coverage")
    assert done.code == 0, done.err
    assert told.heard[0].path == f"/api/v1/workflows/{ID}/tests/run/"
    assert json.loads(told.heard[0].body) == {"version": 3}
    assert "1 passed, 0 failed." in done.out
    assert "3 of 4 steps, 3 of 4 branches (75 %); not run: b, if.false" in done.out
    assert ElementTree.parse(file).getroot()[0].get("tests") == "1"


@pytest.mark.parametrize(
    ("answer", "arguments", "code", "said"),
    [
        (report("1 items, not 2."), (), 1, "Tests that failed: 1."),
        (report(), ("--min-coverage", "80"), 1, "The tests ran 75.0 %, less than 80 %."),
        (report(), ("--min-coverage", "75"), 0, ""),
        (report(covered=4), ("--min-coverage", "100"), 0, ""),
        (report(), ("--junit", "/no/such/folder/x.xml"), 2, "cannot be written"),
    ],
)
def test_how_it_ends(cli: Cli, told: ToldServer, answer: Any, arguments: tuple[str, ...], code: int, said: str) -> None:
    told.tell(Answer(body=answer))
    cli.uses(told.url)
    done = cli("workflows", "test", ID, *arguments)
    assert (done.code, said in done.err) == (code, True)


def test_failures_are_shown_beneath_the_table(cli: Cli, told: ToldServer) -> None:
    told.tell(Answer(body=report("1 items, not 2.")))
    cli.uses(told.url)
    assert f"{ID} · Good: out: count: 1 items, not 2." in cli("workflows", "test", ID).out


def test_all_are_those_that_have_tests(cli: Cli, told: ToldServer) -> None:
    listed = {"items": [{"id": ID, "slug": "with"}, {"id": ID, "slug": "without"}], "page_info": INFO}
    told.tell(
        Answer(body=listed),
        Answer(body={"items": [{}], "page_info": INFO}),
        Answer(body={"items": [], "page_info": INFO}),
        Answer(body=report()),
    )
    cli.uses(told.url)
    done = cli("workflows", "test", "--all", "--json")
    assert (done.code, [each["workflow"] for each in done.data["workflows"]]) == (0, ["with"])
    told.tell(Answer(body={"items": [], "page_info": {**INFO, "count": 0}}))
    assert "No tests." in cli("workflows", "test", "--all", "--coverage", "--min-coverage", "90").err


def test_a_refusal_names_the_workflow(cli: Cli, told: ToldServer) -> None:
    told.tell(refusal(422, "definition_invalid"))
    cli.uses(told.url)
    done = cli("workflows", "test", ID)
    assert (done.code, f"Error: {ID}: Told: definition_invalid." in done.err) == (2, True)


@pytest.mark.parametrize("arguments", [(), (ID, "--all")])
def test_one_or_all(cli: Cli, arguments: tuple[str, ...]) -> None:
    done = cli("workflows", "test", *arguments)
    assert (done.code, "Name one workflow, or give --all." in done.err) == (2, True)


def test_publishing_can_leave_the_tests_out(cli: Cli, told: ToldServer) -> None:
    told.tell(Answer(body={"name": "W", "published_version": 1}))
    cli.uses(told.url)
    assert cli("workflows", "publish", ID, "--skip-tests").code == 0
    assert json.loads(told.heard[0].body) == {"skip_tests": True}
