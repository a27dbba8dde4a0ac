"""A PostgreSQL cluster of a test's own, that can be stopped in every way and started again."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.server import free_port

INITDB, PG_CTL = shutil.which("initdb"), shutil.which("pg_ctl")
# The server refuses to run as root.
_ACCOUNT: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
SETTINGS = {
    "listen_addresses": "'127.0.0.1'",
    "max_connections": "300",
    # Processes die here, the machine does not: what was handed to the system is not lost.
    "fsync": "off",
}


class PrivatePostgres:
    """Its data is in ``folder``, which must not exist yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self.url = f"postgres://root@127.0.0.1:{self._port}/postgres"

    def create(self) -> None:
        """Make the cluster and start it."""
        self._folder.mkdir()
        if _ACCOUNT:
            shutil.chown(self._folder, "postgres", "postgres")
            for parent in list(self._folder.parents)[:-2]:
                parent.chmod(parent.stat().st_mode | 0o011)
        self._run(str(INITDB), "--auth", "trust", "--username", "root", "--no-sync", "--pgdata", self._data)
        lines = [f"{name} = {value}" for name, value in SETTINGS.items()]
        lines += [f"port = {self._port}", f"unix_socket_directories = '{self._folder}'"]
        with (self._folder / "data" / "postgresql.conf").open("a") as settings:
            settings.write("\n" + "\n".join(lines) + "\n")
        self.start()

    def start(self) -> None:
        """Start and wait until it answers."""
        self._run(
            str(PG_CTL), "start", "--wait", "--timeout", "60", "--log", str(self._folder / "log"), "-D", self._data
        )

    def stop(self, mode: str = "fast") -> None:
        """``fast`` rolls back what is open; ``immediate`` is as if it had been killed."""
        self._run(str(PG_CTL), "stop", "--wait", "--timeout", "60", "--mode", mode, "-D", self._data)

    def is_running(self) -> bool:
        """Whether there is a server."""
        return self._status() == 0

    def rows(self, statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """What a statement answers, over a connection of its own."""
        with psycopg.connect(self.url, autocommit=True, connect_timeout=5) as connection:
            return connection.execute(statement.encode(), parameters).fetchall()

    @property
    def _data(self) -> str:
        return str(self._folder / "data")

    def _status(self) -> int:
        command = [str(PG_CTL), "status", "-D", self._data]
        return subprocess.run(command, cwd="/", capture_output=True, check=False, **_ACCOUNT).returncode

    def _run(self, *command: str) -> None:
        # A pipe would be inherited by the server and never end.
        subprocess.run(
            command, cwd="/", check=True, timeout=120, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **_ACCOUNT
        )
