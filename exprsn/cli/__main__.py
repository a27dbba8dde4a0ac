"""``exprsn`` and ``python -m exprsn.cli``."""

from __future__ import annotations

import sys

try:
    from exprsn.cli.app import run
except KeyboardInterrupt:
    sys.exit(130)
except ModuleNotFoundError as missing:
    if missing.name and missing.name.startswith("exprsn"):
        raise
    sys.exit(f"The command line needs {missing.name}. In the folder of the source run: pip install '.[cli]'")


def main() -> None:
    """The console script."""
    run()


if __name__ == "__main__":
    main()
