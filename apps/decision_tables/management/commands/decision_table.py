"""``manage.py decision_table evaluate|import|export|verify``."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.accounts.contracts import Actor
from apps.accounts.public import system_actor_for
from apps.core.public import loads_untrusted
from apps.decision_tables.contracts import DRAFT, PUBLISHED
from apps.decision_tables.interchange.formats import FORMATS, format_of_file
from apps.decision_tables.services.choosing import VersionKey
from apps.decision_tables.services.evaluation import evaluate_batch, evaluate_table
from apps.decision_tables.services.interchange import Imported, export_table, import_tables
from apps.decision_tables.services.json_numbers import json_text
from apps.decision_tables.services.verifying import verify_table
from exprsn.kernel.errors import DomainError

Options = Mapping[str, Any]


class Command(BaseCommand):
    """Decision tables on the server's own command line."""

    help = "Evaluate, import, export and verify decision tables."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One sub-command for each thing to do."""
        actions = parser.add_subparsers(dest="action", required=True)
        asking = _action(actions, "evaluate", "Ask a table; a list of inputs is a batch.", table=True)
        asking.add_argument("inputs", metavar="JSON", help="The inputs, @FILE, or - for standard input.")
        asking.add_argument("--explain", action="store_true", help="Also say which conditions held.")
        reading = _action(actions, "import", "Make tables of files.")
        reading.add_argument("files", nargs="+", type=Path, metavar="FILE")
        reading.add_argument("--format", choices=sorted(FORMATS), default="", help="Else what the name says.")
        reading.add_argument("--into", default="", metavar="TABLE", help="Replace the draft of this table.")
        writing = _action(actions, "export", "Write the file of a table.", table=True)
        writing.add_argument("file", nargs="?", default="-", metavar="FILE", help="Where to; - is standard output.")
        writing.add_argument("--format", choices=sorted(FORMATS), default="", help="Else what the name says.")
        _action(actions, "verify", "Look for gaps, overlaps and other faults.", table=True)
        for action, version in ((asking, PUBLISHED), (writing, DRAFT), (actions.choices["verify"], DRAFT)):
            action.add_argument("--version", dest="table_version", default=version, metavar="VERSION")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is asked; refusals end with their exit code."""
        actor = _refusing(lambda: system_actor_for(options["organization"], "manage.py decision_table"))
        act = {"evaluate": self._evaluate, "import": self._import, "export": self._export, "verify": self._verify}
        _refusing(lambda: act[options["action"]](actor, options))

    def _evaluate(self, actor: Actor, options: Options) -> None:
        given = loads_untrusted(_argument(options["inputs"]))
        asked = {"actor": actor, "table": options["table"], "version": _version(options), "explain": options["explain"]}
        if isinstance(given, dict):
            self.stdout.write(json_text(evaluate_table(inputs=given, **asked)))
        elif isinstance(given, list) and all(isinstance(row, dict) for row in given):
            self.stdout.write(json_text(evaluate_batch(rows=given, **asked)))
        else:
            raise CommandError("The inputs must be an object, or a list of objects.", returncode=2)

    def _import(self, actor: Actor, options: Options) -> None:
        failed = 0
        for path in options["files"]:
            try:
                made = import_tables(
                    actor=actor,
                    content=_read(path),
                    format_name=options["format"],
                    file_name=path.name,
                    table=options["into"] or None,
                )
            except (DomainError, OSError) as error:
                failed += 1
                self.stderr.write(f"{path}: {_told(error) if isinstance(error, DomainError) else error.strerror}")
                continue
            self._show(made, options)
        if failed:
            raise CommandError(f"{failed} of {len(options['files'])} files could not be imported.", returncode=1)

    def _show(self, made: list[Imported], options: Options) -> None:
        for each in made:
            told = {"name": each.table.name, "id": str(each.table.id), "report": list(each.report)}
            self.stdout.write(json_text(told) if options["json"] else f"{told['name']} ({told['id']})")
            for line in [] if options["json"] else each.report:
                self.stderr.write(f"  {line['severity']}: {line['place']}: {line['message']}")

    def _export(self, actor: Actor, options: Options) -> None:
        format_name = options["format"] or format_of_file(options["file"]) or "json"
        found = export_table(actor=actor, table=options["table"], format_name=format_name, version=_version(options))
        if options["file"] != "-":
            Path(options["file"]).write_bytes(found.content)
        elif format_name == "xlsx":
            raise CommandError("A workbook is no text: name a file for it.", returncode=2)
        else:
            self.stdout.write(found.content.decode("utf-8-sig"), ending="")

    def _verify(self, actor: Actor, options: Options) -> None:
        found = verify_table(actor=actor, table=options["table"], version=_version(options))
        if options["json"]:
            self.stdout.write(json_text(found))
        else:
            for finding in found["findings"]:
                self.stdout.write(f"{finding['severity']}: {finding['kind']}: {finding['message']}")
            self.stdout.write(f"{found['status']}, {len(found['findings'])} findings")
        if any(finding["severity"] == "error" for finding in found["findings"]):
            raise CommandError("The table has errors.", returncode=1)


def _action(actions: Any, name: str, text: str, *, table: bool = False) -> ArgumentParser:
    action: ArgumentParser = actions.add_parser(name, help=text)
    if table:
        action.add_argument("table", help="Its name or id.")
    action.add_argument("--organization", help="Its slug; not needed where there is only one.")
    action.add_argument("--json", action="store_true", help="JSON alone on standard output.")
    return action


def _refusing(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except DomainError as error:
        raise CommandError(_told(error), returncode=error.exit_code) from error
    except OSError as error:
        raise CommandError(str(error), returncode=2) from error


def _told(error: DomainError) -> str:
    places = [f"  {path}: {messages[0]}" for path, messages in error.errors.items() if messages]
    return "\n".join([f"{error.message} ({error.code})", *places])


def _version(options: Options) -> VersionKey:
    text = str(options["table_version"])
    if text == DRAFT:
        return DRAFT
    if text == PUBLISHED:
        return PUBLISHED
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise CommandError("A version is a number, draft or published.", returncode=2)
    return int(text)


def _argument(text: str) -> bytes:
    if text == "-":
        return sys.stdin.buffer.read()
    return _read(Path(text[1:])) if text.startswith("@") else text.encode()


def _read(path: Path) -> bytes:
    return path.read_bytes()
