"""Lock the front end's packages anew, without the addresses that they were fetched from."""

from __future__ import annotations

import json
import os
from pathlib import Path

from api_types import GENERATOR

from frontend import FRONTEND, npm


def lock(folder: Path) -> None:
    """Resolve, then drop every address: whoever installs uses the registry that is set up there."""
    # npm's own option for this forgets optional packages of other platforms.
    os.environ["npm_config_omit_lockfile_registry_resolved"] = "false"
    npm("install", "--package-lock-only", "--no-audit", "--no-fund", folder=folder)
    path = folder / "package-lock.json"
    found = json.loads(path.read_text())
    for package in found["packages"].values():
        package.pop("resolved", None)
    path.write_text(json.dumps(found, indent=2) + "\n")


def main() -> None:
    """The front end, and the generator of its API types."""
    for folder in (FRONTEND, GENERATOR):
        lock(folder)


if __name__ == "__main__":
    main()
