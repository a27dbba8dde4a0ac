"""``tables verify`` and ``tables test``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from exprsn.cli import options, output
from exprsn.cli.commands.decision_tables import at, number_or_name
from exprsn.cli.failures import CommandFailed, Ending
from exprsn.cli.files import usual_mode, write_whole
from exprsn.cli.options import examples
from exprsn.cli.output import Column
from exprsn.cli.session import connected
from exprsn.kernel.junit import junit_xml

app = typer.Typer()
_FINDINGS = [
    Column("severity", lambda f: f["severity"]),
    Column("kind", lambda f: f["kind"]),
    Column("rules", lambda f: ", ".join(f["rules"][:5]), flexible=True, drop=1),
    Column("message", lambda f: f["message"], flexible=True),
]
_CASES = [
    Column("test", lambda c: c["name"], flexible=True),
    Column("result", lambda c: "passed" if c["passed"] else "failed"),
    Column("rules", lambda c: ", ".join(c["rule_ids"]), flexible=True, drop=1),
]


@app.command("verify", epilog=examples("exprsn tables verify product-pricing"))
def verify_table(table: options.Table, as_json: options.Json = False) -> None:
    """Look for gaps, overlaps and other faults of the draft. Exit code 1 when there are errors."""
    with connected() as api:
        found = api.post(f"{at(table)}verify/", {})
    if as_json:
        output.emit_json(found)
    else:
        output.show_table(_FINDINGS, found["findings"], empty="Nothing was found.")
    errors = sum(finding["severity"] == "error" for finding in found["findings"])
    if errors:
        raise CommandFailed(f"The table has errors: {errors}.", Ending.FAULT)


@app.command("test", epilog=examples("exprsn tables test product-pricing --junit report.xml"))
def run_tests(
    table: options.Table,
    version: Annotated[str, typer.Option("--version", help="published, draft or a number.")] = "draft",
    junit: Annotated[str, typer.Option("--junit", metavar="FILE", help="Also write JUnit XML.")] = "",
    as_json: options.Json = False,
) -> None:
    """Run the tests of a table. Exit code 1 when one fails."""
    with connected() as api:
        report = api.post(f"{at(table)}tests/run/", {"version": number_or_name(version)})
    if junit:
        _write(Path(junit), junit_xml([(table, _as_suite(report))]))
    if as_json:
        output.emit_json(report)
    else:
        _show(report)
    failed = report["totals"]["failed"]
    if failed:
        raise CommandFailed(f"Tests that failed: {failed}.", Ending.FAULT)


def _show(report: dict[str, Any]) -> None:
    output.show_table(_CASES, report["cases"], empty="No tests.")
    for case in report["cases"]:
        for found in case["differences"]:
            output.say(f"  {case['name']}: {_told(found)}")
    totals, share = report["totals"], report["coverage"]["share"]
    output.say(f"{totals['passed']} passed, {totals['failed']} failed; {share:.0%} of the rules are reached.")


def _told(difference: dict[str, Any]) -> str:
    expected, actual = (json.dumps(difference[side], ensure_ascii=False) for side in ("expected", "actual"))
    return f"{difference['path']}: expected {expected}, got {actual}"


def _as_suite(report: dict[str, Any]) -> dict[str, Any]:
    """The report as build servers know it from workflows."""
    results = [
        {
            "name": case["name"],
            "status": "passed" if case["passed"] else "failed",
            "duration_ms": 0,
            "failures": [{"node": "", "kind": "difference", "message": _told(each)} for each in case["differences"]],
        }
        for case in report["cases"]
    ]
    return {"results": results, "failed": report["totals"]["failed"], "duration_ms": 0}


def _write(path: Path, content: bytes) -> None:
    try:
        write_whole(path, content, mode=usual_mode(path))
    except OSError as error:
        raise CommandFailed(f"{path} cannot be written: {error.strerror}.", Ending.INVALID) from error
