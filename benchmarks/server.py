"""The product as the benchmarks run it: its own data folder or database, real processes, real HTTP."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from config.redis_numbers import numbered_redis_url

ROOT = Path(__file__).resolve().parent.parent
EMAIL = "bench@example.com"
PASSWORD = "bench-password-for-local-runs"


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Server:
    """One installation: migrated, bootstrapped, started; a context manager that stops all of it."""

    def __init__(self, *, database_url: str = "", redis_url: str = "", workers: int = 1, websockets: int = 0) -> None:
        self.ports = [free_port() for _ in range(max(1, int(websockets)))]
        self.bases = [f"http://127.0.0.1:{port}" for port in self.ports]
        self.base = self.bases[0]
        self._folder = tempfile.TemporaryDirectory(prefix="exprsn-bench-")
        self._scaled_out = bool(redis_url)
        self._workers = workers
        self._websockets = websockets
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "EXPRSN_DATA_DIR": self._folder.name,
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "EXPRSN_THROTTLING": "false",
            "EXPRSN_DESIGN_GALLERY": "true",
            "EXPRSN_LOG_FORMAT": "json",  # as in production
            "EXPRSN_OUTGOING_ALLOW": "127.0.0.1",
        }
        self.processes: list[subprocess.Popen[bytes]] = []
        self.token = ""
        self.database = ""

    @classmethod
    def for_tests(cls, name: str, *, redis_offset: int = 0, redis_url: str = "", websockets: int = 0) -> Server:
        """An installation on the services that the variables name, with a database of its own.

        ``redis_offset`` differs between installations that may live at the same time: the workers of two that
        share a Redis database take each other's messages. ``redis_url``: a server of the test's own.
        ``websockets``: so many processes serve HTTP and them; with none, HTTP is served as in production.
        """
        url, shared = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
        if not url:
            return cls(redis_url=redis_url, websockets=websockets)
        database = f"exprsn_{name}_{os.getpid()}"
        subprocess.run([sys.executable, "scripts/ci_database.py", "create", database], cwd=ROOT, check=True)
        if not redis_url and shared:
            redis_url = numbered_redis_url(shared, "gw0", offset=redis_offset)
        database_url = f"{url.rpartition('/')[0]}/{database}"
        server = cls(database_url=database_url, redis_url=redis_url, websockets=websockets)
        server.database = database
        return server

    def __enter__(self) -> Server:
        self.prepare()
        self.start()
        return self

    def prepare(self) -> str:
        """Everything but the processes; the token."""
        self._manage("migrate", "--verbosity", "0")
        answer = self._manage("bootstrap", "--email", EMAIL, "--password", PASSWORD, "--json")
        self.token = json.loads(answer.strip().splitlines()[-1])["token"]
        return self.token

    def __exit__(self, *_: object) -> None:
        self.stop()
        self.discard()

    def discard(self) -> None:
        """Folder and database go."""
        self._folder.cleanup()
        if self.database:
            subprocess.run([sys.executable, "scripts/ci_database.py", "drop", self.database], cwd=ROOT, check=True)

    def start(self) -> None:
        """Start the processes and wait until they answer."""
        for command in self.commands():
            self.processes.append(subprocess.Popen(command, cwd=ROOT, env=self.environment, start_new_session=True))
        self.wait_until_answers()

    def wait_until_answers(self) -> None:
        """Until every process that serves HTTP does."""
        deadline = time.monotonic() + 60
        for base in self.bases:
            while not _answers(base):
                if time.monotonic() > deadline:
                    raise RuntimeError("The server did not start within a minute.")
                time.sleep(0.1)

    def stop(self, with_signal: int = signal.SIGTERM) -> None:
        """Stop every process, by force after a while."""
        for process in self.processes:
            os.killpg(process.pid, with_signal)
        for process in self.processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.processes = []

    @property
    def pids(self) -> list[int]:
        """The roots of the process trees."""
        return [process.pid for process in self.processes]

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """One API call; the answer's JSON."""
        request = urllib.request.Request(
            f"{self.base}/api/v1{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                raw = answer.read()
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {path}: {error.code} {error.read().decode()}") from error
        return json.loads(raw) if raw else None

    def go_live(self, name: str, definition: dict[str, Any]) -> str:
        """Create, publish and activate a workflow; its id."""
        workflow = self.call("POST", "/workflows/", {"name": name, "definition": definition})
        self.call("POST", f"/workflows/{workflow['id']}/publish/", {})
        self.call("POST", f"/workflows/{workflow['id']}/activate/", {})
        return str(workflow["id"])

    def _manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout

    def commands(self) -> list[list[str]]:
        """The command lines of its processes: web, then, scaled out, a worker with beat."""
        serve = [
            [sys.executable, "manage.py", "serve", "--host", "127.0.0.1", "--port", str(port)] for port in self.ports
        ]
        if not self._scaled_out:
            return serve[:1]
        web = [
            str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "config.wsgi:application",
            "--host", "127.0.0.1", "--port", str(self.ports[0]), "--workers", "2", "--blocking-threads", "4",
            "--log-level", "warning", "--backpressure", "64",
        ]  # fmt: skip
        worker = [
            sys.executable, "-m", "celery", "-A", "config", "worker", "--loglevel", "WARNING",
            "--queues", "critical,high,normal,low,plugins,maintenance", "--concurrency", "2", "--beat",
        ]  # fmt: skip
        return [*(serve if self._websockets else [web]), worker]


def _answers(base: str) -> bool:
    try:
        urllib.request.urlopen(f"{base}/health/live", timeout=2).read()
    except OSError:
        return False
    return True
