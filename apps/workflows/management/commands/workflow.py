"""``manage.py workflow import PATH…`` and ``manage.py workflow test WORKFLOW``."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError

from apps.accounts.contracts import Actor
from apps.accounts.public import system_actor_for
from apps.core.public import dumps, loads_untrusted
from apps.workflows.management.testing import add_test_arguments, run_workflow_tests
from apps.workflows.services.imports import import_workflows
from exprsn.kernel.errors import DomainError

COUNTED = ("nodes", "nodes_converted", "expressions", "expressions_supported")
MAX_FILES = 10_000


class Command(BaseCommand):
    """Workflows on the server's own command line."""

    help = "Import workflows from files and folders, and run their tests."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        reading = actions.add_parser("import", help="Import our exports and n8n's.")
        reading.add_argument("paths", nargs="+", type=Path)
        reading.add_argument("--organization")
        reading.add_argument("--report", action="store_true", help="Show what was converted, and how.")
        reading.add_argument("--json", action="store_true", help="JSON alone on standard output.")
        add_test_arguments(actions.add_parser("test", help="Run the tests of a workflow, or of all."))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "test":
            told, failed = run_workflow_tests(options)
            self.stdout.write(told)
            if failed:
                raise CommandError(f"Tests that failed: {failed}.", returncode=1)
            return
        self._import_all(options)

    def _import_all(self, options: dict[str, Any]) -> None:
        try:
            actor = system_actor_for(options["organization"], "manage.py workflow import")
        except DomainError as error:
            raise CommandError(error.message, returncode=error.exit_code) from error
        results = [self._import(actor, path, in_folder) for path, in_folder in _files(options["paths"])]
        flat = [entry for result in results for entry in result]
        totals: dict[str, int] = {
            "workflows": sum("error" not in entry for entry in flat),
            "failed": sum("error" in entry for entry in flat),
        }
        for name in COUNTED:
            totals[name] = sum(entry.get("report", {}).get(name, 0) for entry in flat)
        if options["json"]:
            self.stdout.write(orjson.dumps({"totals": totals, "workflows": flat}).decode())
        else:
            self._show(flat, totals, with_report=options["report"])
        if totals["failed"]:
            raise CommandError(f"{totals['failed']} of {len(flat)} could not be imported.", returncode=1)

    def _import(self, actor: Actor, path: Path, in_folder: bool) -> list[dict[str, Any]]:
        try:
            made = import_workflows(actor=actor, data=loads_untrusted(path.read_bytes()))
        except DomainError as error:
            if in_folder and error.code == "import_not_recognized":
                # A folder may hold other JSON files beside the workflows; they are no failure.
                self.stderr.write(f"{path}: not a workflow, left out")
                return []
            return [{"file": str(path), "error": {"code": error.code, "message": error.message}}]
        except OSError as error:
            return [{"file": str(path), "error": {"code": "unreadable", "message": str(error)}}]
        return [
            {
                "file": str(path),
                "id": str(workflow.id),
                "name": workflow.name,
                "report": outcome.report.to_data(),
            }
            for workflow, outcome in made
        ]

    def _show(self, entries: list[dict[str, Any]], totals: dict[str, int], *, with_report: bool) -> None:
        for entry in entries:
            if "error" in entry:
                self.stderr.write(f"{entry['file']}: {entry['error']['message']}")
                continue
            report = entry["report"]
            self.stdout.write(f"{entry['name']}: {report['nodes_converted']} of {report['nodes']} nodes converted")
            if with_report:
                self.stdout.write(dumps(report).decode())
        self.stdout.write(", ".join(f"{name} {count}" for name, count in totals.items()))


def _files(paths: list[Path]) -> Iterator[tuple[Path, bool]]:
    count = 0
    for path in paths:
        for file in sorted(path.rglob("*.json")) if path.is_dir() else [path]:
            count += 1
            if count > MAX_FILES:
                raise CommandError(f"More than {MAX_FILES} files.")
            yield file, path.is_dir()
