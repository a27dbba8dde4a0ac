"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, content: str | bytes, *, mode: int) -> None:
    """Replace a file, or leave what was there. Raises ``OSError``."""
    # mkstemp gives the mode 0600 from the first moment on.
    descriptor, own = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        Path(own).chmod(mode)
        Path(own).replace(path.resolve())
    finally:
        Path(own).unlink(missing_ok=True)


def usual_mode(path: Path) -> int:
    """The mode that a file has, or that a new one would get."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
