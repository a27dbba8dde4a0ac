"""Write ``frontend/src/api/schema.d.ts`` from ``docs/api/openapi.yaml``, or with ``--check`` compare it.

The generator is a package of its own in ``frontend/api-types``: it needs TypeScript 5, whatever the front end uses,
and only whoever generates or checks installs it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from frontend import FRONTEND, install, npm

GENERATOR = FRONTEND / "api-types"
FILE = FRONTEND / "src" / "api" / "schema.d.ts"


def main() -> None:
    """Generate; then write or compare."""
    install(GENERATOR)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / FILE.name
        npm("run", "--silent", "generate", "--", "--output", str(made), folder=GENERATOR)
        text = made.read_text()
    if "--check" not in sys.argv:
        FILE.parent.mkdir(parents=True, exist_ok=True)
        FILE.write_text(text)
    elif not FILE.exists() or FILE.read_text() != text:
        raise SystemExit("frontend/src/api/schema.d.ts is not what the API says: run python scripts/api_types.py")


if __name__ == "__main__":
    main()
