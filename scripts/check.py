"""Every check that needs no test run; all are run, and any that fails makes the whole fail."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable
CHECKS: dict[str, list[str]] = {
    "ruff": [str(BIN / "ruff"), "check", "."],
    "format": [str(BIN / "ruff"), "format", "--check", "."],
    "mypy": [str(BIN / "mypy"), "apps", "config", "exprsn", "scripts", "benchmarks", "manage.py"],
    "import rules": [str(BIN / "lint-imports"), "--no-cache"],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "openapi": [PYTHON, "scripts/openapi.py", "--check"],
    "api types": [PYTHON, "scripts/api_types.py", "--check"],
    "messages": [PYTHON, "scripts/messages.py", "--check"],
    "front-end lint": [PYTHON, "scripts/frontend.py", "lint"],
    "front-end types": [PYTHON, "scripts/frontend.py", "types"],
    "front-end tests": [PYTHON, "scripts/frontend.py", "test"],
    "front-end sizes": [PYTHON, "scripts/bundle_budget.py"],
}


def main() -> None:
    """Run the checks that are named, or all."""
    chosen = sys.argv[1:] or list(CHECKS)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    failed = []
    for name in chosen:
        started = time.monotonic()
        done = subprocess.run(CHECKS[name], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        verdict = "ok" if done.returncode == 0 else "FAILED"
        sys.stdout.write(f"{verdict:7} {name} ({time.monotonic() - started:.1f} s)\n")
        if done.returncode:
            failed.append(name)
            sys.stdout.write(done.stdout[-6000:] + done.stderr[-3000:] + "\n")
        sys.stdout.flush()
    if failed:
        raise SystemExit(f"Failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
