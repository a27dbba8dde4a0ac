"""Where the SQLite files of an organization are, and which names lead there."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import UUID

from django.conf import settings

from apps.workflows.engine.node_type import NodeError
from apps.workflows.engine.ports_sql import SQLITE_OFF

MAX_NAME = 200
_PART = re.compile(r"[\w-][\w. -]*", re.ASCII)
_BESIDES = ("-wal", "-shm", "-journal")


def sqlite_file(organization_id: UUID, name: str, *, create: bool) -> Path:
    """The file of this name in the organization's folder. Raises ``NodeError``."""
    if not settings.EXPRSN_SQLITE_DIR:
        raise NodeError(SQLITE_OFF, kind="sqlite_off")
    root = Path(settings.EXPRSN_SQLITE_DIR).resolve()
    path = root / str(organization_id)
    parts = name.strip().split("/")
    if len(name) > MAX_NAME or not all(_PART.fullmatch(part) for part in parts) or name.endswith(_BESIDES):
        raise NodeError(
            f"{name[:100]!r} is no name of a file: letters, digits, _ - and . are possible, and / for folders.",
            kind="sqlite_name",
            parameter="file",
        )
    for part in parts:
        if path.is_symlink():
            break
        if create:
            path.mkdir(mode=0o700, exist_ok=True)
        path = path / part
    # The name has no dots that lead upwards; what is left are links.
    if path.is_symlink() or path.resolve() != path or any(Path(f"{path}{more}").is_symlink() for more in _BESIDES):
        raise NodeError("The name leads through a link, which is not followed.", kind="sqlite_name", parameter="file")
    if not create and not path.is_file():
        raise NodeError(
            f"There is no file {name!r}. It belongs into the folder {organization_id} below EXPRSN_SQLITE_DIR; or let "
            "the node make it.",
            kind="sqlite_missing",
            parameter="file",
        )
    return path
