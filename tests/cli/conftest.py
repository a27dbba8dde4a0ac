"""The command line against the product as a process of its own, or against a server that answers as it is told."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from benchmarks.server import Server
from exprsn.cli.app import run
from tests.cli.told_server import ToldServer

VARIABLES = ("EXPRSN_API_URL", "EXPRSN_API_TOKEN", "EXPRSN_API_TIMEOUT", "NO_COLOR", "COLUMNS")
PROXIES = ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")


@dataclass
class Result:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)


class Cli:
    """Carries out commands in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], home: Path) -> None:
        self.monkeypatch = monkeypatch
        self.capsys = capsys
        self.file = home / "exprsn" / "login.json"
        for name in (*VARIABLES, *PROXIES):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("XDG_CONFIG_HOME", str(home))

    def uses(self, url: str, token: str = "exprsn_told") -> None:
        """Say by the environment what to work with."""
        self.monkeypatch.setenv("EXPRSN_API_URL", url)
        self.monkeypatch.setenv("EXPRSN_API_TOKEN", token)

    def __call__(self, *arguments: str, stdin: str | bytes = "") -> Result:
        raw = stdin.encode() if isinstance(stdin, str) else stdin
        self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        self.capsys.readouterr()
        code = 0
        try:
            run(list(arguments))
        except SystemExit as ending:
            code = int(ending.code or 0)
        said = self.capsys.readouterr()
        return Result(code, said.out, said.err)


@dataclass
class Workflows:
    """Makes workflows on a server."""

    server: Server
    made: list[str] = field(default_factory=list)

    def __call__(self, name: str, *nodes: tuple[str, dict[str, Any]]) -> dict[str, Any]:
        """A manual trigger and nodes in a row."""
        types = [("manual", {}), *nodes]
        definition = {
            "schema_version": 1,
            "nodes": [
                {"id": f"n{at}", "type": t, "name": f"{t} {at}", "parameters": p} for at, (t, p) in enumerate(types)
            ],
            "connections": [{"source": f"n{at}", "target": f"n{at + 1}"} for at in range(len(nodes))],
        }
        found: dict[str, Any] = self.server.call("POST", "/workflows/", {"name": name, "definition": definition})
        self.made.append(found["id"])
        return found


SAYS_DONE = ("set", {"mode": "manual", "assignments": [{"name": "done", "type": "boolean", "value": True}]})
LOGS = ("code", {"code": "console.log('first line'); console.log('second line'); return $input.all();"})
FAILS = ("stop_and_error", {"message": "Out of paper"})


def waits(seconds: int) -> tuple[str, dict[str, Any]]:
    return ("wait", {"mode": "duration", "amount": seconds, "unit": "seconds"})


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with Server.for_tests("cli", redis_offset=7) as running:
        yield running


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Cli:
    """Nobody is signed in."""
    return Cli(monkeypatch, capsys, tmp_path / "config")


@pytest.fixture
def signed_in(cli: Cli, server: Server) -> Cli:
    """The server's owner, by the environment."""
    cli.uses(server.base, server.token)
    return cli


@pytest.fixture
def workflows(server: Server) -> Iterator[Workflows]:
    """Workflows that are gone after the test."""
    making = Workflows(server)
    yield making
    for made in making.made:
        server.call("DELETE", f"/workflows/{made}/")


@pytest.fixture
def told() -> Iterator[ToldServer]:
    with ToldServer() as server:
        yield server


@pytest.fixture
def no_sleep(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits between attempts, noted instead of slept."""
    waits: list[float] = []
    monkeypatch.setattr("exprsn.cli.client.sleep", waits.append)
    monkeypatch.setattr("exprsn.cli.waiting.sleep", lambda seconds: None)
    return waits
