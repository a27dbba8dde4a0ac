"""Write ``docs/api/openapi.yaml`` from the code, or with ``--check`` compare it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "docs" / "api" / "openapi.yaml"


def main() -> None:
    """Generate; then write or compare."""
    done = subprocess.run(
        [sys.executable, "manage.py", "spectacular", "--validate", "--fail-on-warn"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr[-4000:])
    if "--check" not in sys.argv:
        FILE.parent.mkdir(parents=True, exist_ok=True)
        FILE.write_text(done.stdout)
    elif not FILE.exists() or FILE.read_text() != done.stdout:
        raise SystemExit("docs/api/openapi.yaml is not what the code says: run python scripts/openapi.py")


if __name__ == "__main__":
    main()
