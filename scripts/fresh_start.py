"""Prove the first promise of the README: a copy of the checkout, without Node.js, serves after ``make run``."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEEDED = (
    "make",
    "sh",
    "bash",
    "python3",
    "env",
    "grep",
    "awk",
    "touch",
    "test",
    "uname",
    "dirname",
    "ldd",
    "cat",
)
LIMIT_SECONDS = 420


def bare_path(folder: Path) -> str:
    """A PATH that holds little more than Python and make."""
    folder.mkdir()
    for name in NEEDED:
        found = shutil.which(name) if name != "python3" else os.path.realpath(sys.executable)
        if found:
            (folder / name).symlink_to(found)
    return str(folder)


def serves(url: str) -> bool:
    """Whether the sign-in page is there."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return b"password" in answer.read()
    except OSError:
        return False


def main() -> None:
    """Copy what git tracks, run ``make run`` there, wait for the sign-in page, stop."""
    with tempfile.TemporaryDirectory(prefix="exprsn-fresh-") as name:
        copy = Path(name) / "copy"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(copy)], check=True)
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            port = listener.getsockname()[1]
        kept = ("PIP_", "npm_config", "NPM_", "SSL_", "REQUESTS_", "NODE_EXTRA", "HOME", "LANG")
        environment = {key: value for key, value in os.environ.items() if key.startswith(kept)}
        environment |= {"PATH": bare_path(Path(name) / "bin"), "PORT": str(port)}
        for attempt in ("cold", "warm"):
            started = time.monotonic()
            process = subprocess.Popen(["make", "run"], cwd=copy, env=environment, start_new_session=True)
            try:
                while not serves(f"http://127.0.0.1:{port}/accounts/login/"):
                    if process.poll() is not None or time.monotonic() - started > LIMIT_SECONDS:
                        raise SystemExit("make run did not serve the sign-in page")
                    time.sleep(0.25)
                sys.stdout.write(f"{attempt}: the sign-in page after {time.monotonic() - started:.1f} s\n")
                sys.stdout.flush()
            finally:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(30)


if __name__ == "__main__":
    main()
