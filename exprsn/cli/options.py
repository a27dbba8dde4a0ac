"""Arguments and options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document for programs.")]
Limit = Annotated[int, typer.Option("--limit", min=0, help="At most so many; 0 means all.")]
Workflow = Annotated[str, typer.Argument(metavar="WORKFLOW", help="Its id, slug or name.")]
Execution = Annotated[str, typer.Argument(metavar="ID", help="The execution's id.")]
Table = Annotated[str, typer.Argument(metavar="TABLE", help="Its name or id.")]
Wait = Annotated[bool, typer.Option("--wait", help="Wait until the run has ended.")]
Timeout = Annotated[
    float, typer.Option("--timeout", min=0, metavar="SECONDS", help="How long to wait at most; 0 means without end.")
]
Environment = Annotated[str, typer.Option("--env", help="testing, launched or production.")]


def examples(*lines: str) -> str:
    """The end of a help text, kept line by line."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])
