"""A MariaDB or MySQL server of our own, in a folder of its own, where one is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pymysql
import pytest

from tests.workflows.execution.smtp_server import free_port

SECONDS = 60


@contextmanager
def mysql_server(*options: str) -> Iterator[dict[str, str]]:
    """The fields of a credential for it; skips the test where there is no server to start."""
    binary = shutil.which("mariadbd", path="/usr/sbin:/usr/bin:/usr/local/bin:/usr/local/sbin")
    install = shutil.which("mariadb-install-db")
    if binary is None or install is None:
        pytest.skip("no MariaDB server is installed (mariadbd, mariadb-install-db)")
    # A short path: that of the server's local socket may have no more than a hundred characters.
    with tempfile.TemporaryDirectory(prefix="exprsn-sql-") as name:
        folder = Path(name)
        made = subprocess.run(
            [install, "--no-defaults", f"--datadir={folder / 'data'}", "--auth-root-authentication-method=normal",
             "--skip-test-db", "--user=root"],
            capture_output=True, text=True, check=False, timeout=SECONDS,
        )  # fmt: skip
        if made.returncode:
            pytest.skip(f"the MariaDB server could not be set up: {made.stderr[-300:]}")
        port = free_port()
        log = (folder / "log").open("wb")
        server = subprocess.Popen(
            [binary, "--no-defaults", f"--datadir={folder / 'data'}", f"--port={port}", "--bind-address=127.0.0.1",
             f"--socket={folder / 's'}", f"--pid-file={folder / 'p'}", "--user=root", "--skip-name-resolve",
             "--innodb-buffer-pool-size=16M", "--key-buffer-size=1M", "--performance-schema=OFF", *options],
            stdout=log, stderr=log,
        )  # fmt: skip
        try:
            _prepare(server, port)
            yield {
                "host": "127.0.0.1",
                "port": str(port),
                "database": "shop",
                "user": "ada",
                "password": "päss",
                "ssl": "disable",
            }
        finally:
            server.terminate()
            with suppress(subprocess.TimeoutExpired):
                server.wait(20)
            server.kill()
            server.wait()
            log.close()


def _prepare(server: subprocess.Popen[bytes], port: int) -> None:
    ends = time.monotonic() + SECONDS
    while True:
        try:
            connection = pymysql.connect(host="127.0.0.1", port=port, user="root", ssl_disabled=True)
            break
        except pymysql.err.OperationalError:
            if server.poll() is not None or time.monotonic() > ends:
                pytest.skip("the MariaDB server did not start")
            time.sleep(0.1)
    with connection, connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE shop CHARACTER SET utf8mb4")
        cursor.execute("CREATE USER 'ada'@'%' IDENTIFIED BY 'päss'")
        cursor.execute("GRANT ALL ON shop.* TO 'ada'@'%'")
