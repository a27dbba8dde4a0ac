"""How much data items, node runs and executions may have, and when a batch leaves memory for a file.

One set of limits for the process; the runtime takes them from the settings when it starts.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from tempfile import gettempdir
from typing import Any

import orjson

from exprsn.kernel.errors import Category, DomainError

MEGABYTE = 1024 * 1024


@dataclass(slots=True)
class DataLimits:
    """Sizes are those of the items' JSON, in bytes. ``folder`` answers where files without a name are made."""

    item_bytes: int = 16 * MEGABYTE
    node_bytes: int = 64 * MEGABYTE
    run_bytes: int = 512 * MEGABYTE
    spill_items: int = 10_000
    spill_bytes: int = 32 * MEGABYTE
    folder: Callable[[], str] = gettempdir


limits = DataLimits()


class DataTooLarge(DomainError):
    """A node made more data than it may; ``params["item"]`` is the position of an item that is too large."""

    category = Category.TOO_LARGE
    default_code = "item_too_large"


def weigh(value: Any) -> int:
    """How many bytes a value has as JSON."""
    try:
        return len(orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS))
    except TypeError:
        return _weigh_odd(value)


def check_item(size: int, position: int) -> None:
    """Raise ``item_too_large``."""
    if size > limits.item_bytes:
        raise DataTooLarge(
            f"The item at position {position} that this node made has {told(size)}; "
            f"at most {told(limits.item_bytes)} are allowed. Keep large data in a file.",
            params={"item": position, "bytes": size},
        )


def check_output(size: int) -> None:
    """Raise ``output_too_large``."""
    if size > limits.node_bytes:
        raise DataTooLarge(
            f"The items that this node made have more than {told(limits.node_bytes)} together. "
            "Make fewer, or go through them in batches.",
            code="output_too_large",
            params={"bytes": size},
        )


def check_run(size: int) -> None:
    """Raise ``run_too_large``."""
    if size > limits.run_bytes:
        raise DataTooLarge(
            f"The items of all nodes of this run have more than {told(limits.run_bytes)} together. "
            "Drop fields that are not needed, or split the work into several runs.",
            code="run_too_large",
            params={"bytes": size},
        )


def told(size: int) -> str:
    """A size for people."""
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE else f"{size} bytes"


def _weigh_odd(value: Any) -> int:
    """Rare: integers beyond 64 bits, lone surrogates. What is too deep to be written is refused elsewhere."""
    try:
        return len(json.dumps(value))
    except (TypeError, ValueError, RecursionError):
        return 0
