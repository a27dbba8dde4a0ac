"""``workflows test``: runs the tests of workflows on the server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from exprsn.cli import options, output
from exprsn.cli.client import Api
from exprsn.cli.failures import CommandFailed, Ending
from exprsn.cli.files import usual_mode, write_whole
from exprsn.cli.lookup import workflow_id
from exprsn.cli.options import examples
from exprsn.cli.output import Column
from exprsn.cli.session import connected
from exprsn.kernel.junit import junit_xml

app = typer.Typer()
Report = dict[str, Any]
_MAX_LINES = 5
_RESULTS = [
    Column("workflow", lambda r: r["workflow"], flexible=True, drop=2),
    Column("test", lambda r: r["name"], flexible=True),
    Column("result", lambda r: r["status"]),
    Column("ms", lambda r: f"{r['duration_ms']:.0f}", drop=1),
]


@app.command(
    "test",
    epilog=examples("exprsn workflows test order-desk", "exprsn workflows test --all --junit report.xml --coverage"),
)
def run_tests(
    workflow: Annotated[str, typer.Argument(metavar="WORKFLOW", help="Its id, slug or name.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Every workflow that has tests.")] = False,
    number: Annotated[
        int | None, typer.Option("--version", min=1, help="Which version; otherwise the current one.")
    ] = None,
    junit: Annotated[str, typer.Option("--junit", metavar="FILE", help="Also write JUnit XML.")] = "",
    coverage: Annotated[bool, typer.Option("--coverage", help="Show which steps and branches were run.")] = False,
    least: Annotated[
        float, typer.Option("--min-coverage", min=0, max=100, metavar="PERCENT", help="Fail below this share.")
    ] = 0,
    as_json: options.Json = False,
) -> None:
    """Run the tests of a workflow, or of all. Nothing outside changes. Exit code 1 when one fails."""
    if bool(workflow) == every:
        raise CommandFailed("Name one workflow, or give --all.", Ending.INVALID)
    with connected() as api:
        reports = [(slug, _run(api, slug, known, number)) for slug, known in _chosen(api, workflow)]
    if junit:
        _write(Path(junit), junit_xml(reports).decode())
    if as_json:
        output.emit_json({"workflows": [{"workflow": slug, **report} for slug, report in reports]})
    else:
        _show(reports, with_coverage=coverage or least > 0)
    _judge(reports, least)


def _chosen(api: Api, workflow: str) -> list[tuple[str, str]]:
    if workflow:
        return [(workflow, workflow_id(api, workflow))]
    listed = api.listed("workflows/", limit=0).items
    return [(found["slug"], found["id"]) for found in listed if api.get(f"workflows/{found['id']}/tests/")["items"]]


def _run(api: Api, slug: str, workflow: str, number: int | None) -> Report:
    try:
        answer: Report = api.post(f"workflows/{workflow}/tests/run/", {"version": number} if number else {})
    except CommandFailed as failure:
        # Of several workflows it must be said which one.
        raise CommandFailed(
            f"{slug}: {failure.message}", failure.ending, hint=failure.hint, details=failure.details
        ) from failure
    return answer


def _show(reports: list[tuple[str, Report]], *, with_coverage: bool) -> None:
    rows = [{**result, "workflow": slug} for slug, report in reports for result in report["results"]]
    output.show_table(_RESULTS, rows, empty="No tests.")
    for row in rows:
        for failure in row["failures"][:_MAX_LINES]:
            place = f"{failure['node']}: " if failure["node"] else ""
            output.say(f"  {row['workflow']} · {row['name']}: {place}{failure['kind']}: {failure['message']}")
    passed = sum(report["passed"] for _, report in reports)
    output.say(f"{passed} passed, {_failed(reports)} failed.")
    if with_coverage:
        for slug, report in reports:
            output.say(f"{slug}: {_told(report['coverage'])}")


def _told(coverage: Report) -> str:
    nodes, branches = coverage["nodes"], coverage["branches"]
    missing = [*nodes["missing"], *(f"{each['node']}.{each['output']}" for each in branches["missing"])]
    shown = f"; not run: {', '.join(missing[:20])}" if missing else ""
    return (
        f"{nodes['covered']} of {nodes['total']} steps, {branches['covered']} of {branches['total']} branches "
        f"({_share([coverage]):.0f} %){shown}"
    )


def _share(coverages: list[Report]) -> float:
    """Steps and branches that were run, in percent of all."""
    parts = [coverage[part] for coverage in coverages for part in ("nodes", "branches")]
    total = sum(part["total"] for part in parts)
    return 100 * sum(part["covered"] for part in parts) / total if total else 100.0


def _failed(reports: list[tuple[str, Report]]) -> int:
    return sum(report["failed"] for _, report in reports)


def _judge(reports: list[tuple[str, Report]], least: float) -> None:
    if _failed(reports):
        raise CommandFailed(f"Tests that failed: {_failed(reports)}.", Ending.FAULT)
    share = _share([report["coverage"] for _, report in reports])
    if share < least:
        raise CommandFailed(f"The tests ran {share:.1f} %, less than {least:g} %.", Ending.FAULT)


def _write(path: Path, text: str) -> None:
    try:
        write_whole(path, text, mode=usual_mode(path))
    except OSError as error:
        raise CommandFailed(f"{path} cannot be written: {error.strerror}.", Ending.INVALID) from error
