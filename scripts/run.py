"""What ``make run`` does after installing: migrate, first administrator, demo, serve."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def manage(*arguments: str) -> None:
    """Run a management command; its failure ends the start."""
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, check=True)


def main() -> None:
    """Prepare what is missing and become the server, so that signals reach it directly."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", default="8000")
    arguments = parser.parse_args()
    os.chdir(ROOT)
    os.environ.setdefault("EXPRSN_PUBLIC_URL", f"http://{arguments.host}:{arguments.port}")
    manage("prepare")
    sys.stdout.write(f"Exprsn is at http://{arguments.host}:{arguments.port} (Ctrl-C stops it)\n")
    sys.stdout.flush()
    os.execv(
        sys.executable,
        [sys.executable, "manage.py", "serve", "--host", arguments.host, "--port", arguments.port],
    )


if __name__ == "__main__":
    main()
