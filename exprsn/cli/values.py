"""What people type: JSON from an argument, a file or standard input; moments. And how times are shown to them."""

from __future__ import annotations

import json
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

from exprsn.cli.failures import CommandFailed, Ending

_AGO = re.compile(r"(\d{1,6})([smhdw])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def json_argument(text: str) -> Any:
    """``--data``: JSON itself, ``@file``, or ``-`` for standard input."""
    if text == "-":
        return json_file("-")
    if text.startswith("@"):
        return json_file(text[1:])
    return _parsed(text, "--data")


def json_file(name: str) -> Any:
    """The JSON in a file, or on standard input for ``-``."""
    shown = "standard input" if name == "-" else name
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise CommandFailed(f"{shown} cannot be read: {error.strerror}.", Ending.INVALID) from error
    try:
        return _parsed(raw.decode("utf-8-sig"), shown)
    except UnicodeDecodeError as error:
        raise CommandFailed(f"{shown} is not UTF-8 text.", Ending.INVALID) from error


def _parsed(text: str, shown: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refused)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        message = f"{shown} is not JSON: {error.msg} ({where})."
    except (ValueError, RecursionError) as error:
        message = f"{shown} is not JSON that can be read: {error}."
    hint = """Put it in single quotes: --data '{"name": "value"}', or use --data @file.json"""
    raise CommandFailed(message, Ending.INVALID, hint=hint if shown == "--data" else "")


def _refused(word: str) -> NoReturn:
    raise ValueError(f"JSON has no {word}")


def moment(text: str) -> str:
    """A moment in ISO 8601 with an offset; ``30m``, ``2h``, ``7d`` are so long ago, no offset means local time."""
    if not text:
        return ""
    ago = _AGO.fullmatch(text)
    try:
        if ago:
            return (datetime.now(UTC) - timedelta(**{_UNITS[ago[2]]: int(ago[1])})).isoformat()
        return datetime.fromisoformat(text).astimezone().isoformat()
    except (ValueError, OverflowError) as error:
        hint = "Write 2026-03-01, 2026-03-01T09:00, 30m, 2h or 7d."
        raise CommandFailed(f"“{text}” is no moment.", Ending.INVALID, hint=hint) from error


def shown_moment(text: Any) -> str:
    """A moment of the API in local time."""
    try:
        return datetime.fromisoformat(str(text)).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except ValueError:
        return ""


def shown_duration(milliseconds: Any) -> str:
    """So long that a person can read it."""
    if not isinstance(milliseconds, int | float):
        return ""
    if milliseconds < 1000:
        return f"{milliseconds:.0f} ms"
    if milliseconds < 60_000:
        return f"{milliseconds / 1000:.1f} s"
    minutes, seconds = divmod(int(milliseconds / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {seconds} s"
