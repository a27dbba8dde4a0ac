"""``manage.py dmn_tck DIR``: run the DMN Technology Compatibility Kit, or a part of it."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.decision_tables.interchange.tck.running import CaseResult, run_kit


class Command(BaseCommand):
    """Counts passed and failed cases per directory; ``-v 2`` names the failing ones with what was expected."""

    help = "Run the DMN Technology Compatibility Kit from a folder (the kit, one level or one directory of it)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder, and whether programs read the answer."""
        parser.add_argument("directory", metavar="DIR", type=Path)
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run all cases and print the counts."""
        directory: Path = options["directory"]
        if not directory.is_dir():
            raise CommandError(f"There is no folder {directory}.")
        results = list(run_kit(directory.resolve()))
        counts = counts_of(results)
        if options["json"]:
            self.stdout.write(json.dumps(counts))
            return
        for name, count in counts["directories"].items():
            self.stdout.write(f"{name:<50} {count['passed']:>5} passed {count['failed']:>5} failed")
        if options["verbosity"] > 1:
            self._print_failures(results)
        self.stdout.write(
            f"{'total':<50} {counts['totals']['passed']:>5} passed {counts['totals']['failed']:>5} failed"
        )

    def _print_failures(self, results: list[CaseResult]) -> None:
        for result in results:
            if not result.passed:
                self.stdout.write(f"FAILED {result.directory} {result.case}: {result.reason}")


def counts_of(results: list[CaseResult]) -> dict[str, Any]:
    """Return the counts in total and per directory."""
    directories: dict[str, dict[str, int]] = {}
    for result in results:
        count = directories.setdefault(result.directory, {"passed": 0, "failed": 0})
        count["passed" if result.passed else "failed"] += 1
    passed = sum(count["passed"] for count in directories.values())
    return {"totals": {"passed": passed, "failed": len(results) - passed}, "directories": directories}
