"""Files of items, for the nodes that read them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from apps.workflows.engine.node_type import NodeContext, NodeError
from exprsn.kernel.jsonvalue import JsonObject

PIECE = 256 * 1024


def file_of(context: NodeContext, name: str, item: int, parameter: str) -> JsonObject:
    """The reference under this property of an item. Raises ``NodeError`` ``file_missing``."""
    found = (context.items[item].binary or {}).get(name) if item < len(context.items) else None
    if not isinstance(found, dict):
        raise NodeError(f"The item has no file {name!r}.", kind="file_missing", item=item, parameter=parameter)
    return found


def size_of(context: NodeContext, reference: Mapping[str, Any]) -> int:
    """How many bytes the file really has, whatever the reference says."""
    with context.ports.files.open(reference) as file:
        return file.seek(0, os.SEEK_END)


def read_file(context: NodeContext, reference: Mapping[str, Any], most: int, item: int, parameter: str) -> bytes:
    """All of a file that has to be in memory. Raises ``NodeError`` ``too_large``."""
    with context.ports.files.open(reference) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise NodeError(f"The file is larger than {most} bytes.", kind="too_large", item=item, parameter=parameter)
    return content
