"""What ``manage.py workflow test`` does: the tests of one workflow, or of all of an organization."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import CommandError
from django.db.models import Q

from apps.accounts.contracts import Actor
from apps.accounts.public import system_actor_for
from apps.core.public import dumps
from apps.workflows.access import visible_workflows
from apps.workflows.models import Workflow
from apps.workflows.services.test_cases.running import RunTests
from exprsn.kernel.errors import DomainError
from exprsn.kernel.junit import junit_xml

MAX_WORKFLOWS = 1_000
Reports = list[tuple[str, dict[str, Any]]]


def add_test_arguments(parser: ArgumentParser) -> None:
    """The arguments of the action."""
    parser.add_argument("workflow", nargs="?", default="", help="An id or a slug.")
    parser.add_argument("--all", action="store_true", help="Every workflow that has tests.")
    parser.add_argument("--organization")
    parser.add_argument("--junit", type=Path, help="Also write JUnit XML to this file.")
    parser.add_argument("--json", action="store_true", help="JSON alone on standard output.")


def run_workflow_tests(options: dict[str, Any]) -> tuple[str, int]:
    """What to print, and how many tests failed. Raises ``CommandError``."""
    if bool(options["workflow"]) == options["all"]:
        raise CommandError("Name one workflow, or give --all.", returncode=2)
    try:
        actor = system_actor_for(options["organization"], "manage.py workflow test")
        reports = [(w.slug, RunTests(actor, w.id).execute()) for w in _chosen(actor, options["workflow"])]
    except DomainError as error:
        raise CommandError(error.message, returncode=error.exit_code) from error
    if options["junit"]:
        options["junit"].write_bytes(junit_xml(reports))
    failed = sum(report["failed"] for _, report in reports)
    if options["json"]:
        return dumps({"workflows": [{"workflow": slug, **report} for slug, report in reports]}).decode(), failed
    return "\n".join(_lines(reports)), failed


def _chosen(actor: Actor, wanted: str) -> list[Workflow]:
    rows = visible_workflows(actor)
    if not wanted:
        return list(rows.filter(tests__isnull=False).distinct().order_by("slug")[:MAX_WORKFLOWS])
    found = list(rows.filter(Q(id=_as_id(wanted)) | Q(slug=wanted))[:2])
    if len(found) != 1:
        raise CommandError(f"There is no workflow {wanted!r}.", returncode=4)
    return found


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _lines(reports: Reports) -> list[str]:
    lines = []
    for slug, report in reports:
        for result in report["results"]:
            lines.append(f"{slug}: {result['name']}: {result['status']}")
            lines += [f"  {failure['kind']}: {failure['message']}" for failure in result["failures"]]
    passed, failed = (sum(report[name] for _, report in reports) for name in ("passed", "failed"))
    return [*lines, f"{passed} passed, {failed} failed."]
