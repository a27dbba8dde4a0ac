"""Texts that an installation makes once and keeps, such as its keys."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def kept_text(path: Path, make: Callable[[], str]) -> str:
    """The text in the file; made on first use, readable by its owner only.

    Of several processes that start at once all get the same text, and none ever sees half of it: each writes
    a file of its own and then tries to give it the name, which only the first one can. Raises ``ValueError``
    for a file that is there and empty: making another key then would lose what the former one has locked.
    """
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _offer(path, make())
    text = path.read_text().strip()
    if not text:
        raise ValueError(f"{path} is empty. Restore it from a backup, or delete it to have a new one made.")
    return text


def _offer(path: Path, text: str) -> None:
    """Make the file unless somebody else does first."""
    # mkstemp gives the mode 0600 from the first moment on.
    descriptor, own = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(descriptor)
        os.link(own, path)
    except FileExistsError:
        return
    finally:
        Path(own).unlink()
