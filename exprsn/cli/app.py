"""The commands put together."""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

from exprsn.cli import output
from exprsn.cli.commands import (
    account,
    approvals,
    decision_tables,
    decision_tests,
    executions,
    lifecycle,
    pausing,
    repeating,
    tests,
    validate,
    workflows,
)
from exprsn.cli.failures import CommandFailed
from exprsn.cli.options import examples
from exprsn.cli.session import version

_HELP = """Work with an Exprsn server from a terminal, over its HTTP API.

Sign in with exprsn login, or set EXPRSN_API_URL and EXPRSN_API_TOKEN, which win.

Exit codes: 0 done, 1 fault, 2 invalid, 3 not allowed, 4 not found, 5 conflict, 6 rate limited, 7 server away;
with --wait 10 the run failed, 11 it was canceled, 12 it did not end in time; 130 Ctrl-C.
"""
_EPILOG = examples("exprsn login URL", "exprsn workflows list", "exprsn workflows execute NAME --wait")

app = typer.Typer(
    help=_HELP,
    epilog=_EPILOG,
    no_args_is_help=True,
    rich_markup_mode=None,
    # A traceback with local variables would show the token.
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_workflows = typer.Typer(no_args_is_help=True)
for part in (workflows.app, lifecycle.app, validate.app, tests.app):
    _workflows.add_typer(part)
app.add_typer(account.app)
app.add_typer(_workflows, name="workflows", help="Find, move, run and switch workflows.")
_tables = typer.Typer(no_args_is_help=True)
for part in (decision_tables.app, decision_tests.app):
    _tables.add_typer(part)
app.add_typer(_tables, name="tables", help="Find, ask, move, verify and publish decision tables.")
app.add_typer(approvals.app, name="approvals", help="Look at what people are asked, and decide.")
_executions = typer.Typer(no_args_is_help=True)
for part in (executions.app, repeating.app, pausing.app):
    _executions.add_typer(part)
app.add_typer(_executions, name="executions", help="Look at runs, follow, repeat, pause and stop them.")


def _show_version(wanted: bool) -> None:
    if wanted:
        output.say(f"exprsn {version()}")
        raise typer.Exit


@app.callback()
def _options(
    shown: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and end.")
    ] = False,
) -> None:
    pass


def run(arguments: list[str] | None = None) -> None:
    """Carry out a command line; ends in ``SystemExit``."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that lacks a character shows a question mark instead of a traceback.
            stream.reconfigure(errors="replace")
    try:
        app(args=arguments, prog_name="exprsn")
    except CommandFailed as failure:
        output.show_failure(failure)
        raise SystemExit(int(failure.ending)) from None
