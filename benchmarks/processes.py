"""CPU seconds and memory of a tree of processes, read from ``/proc`` (Linux)."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def _stat(pid: int) -> tuple[int, float, int] | None:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    fields = text.rpartition(")")[2].split()
    return int(fields[1]), sum(map(int, fields[11:15])) / _TICKS, int(fields[21]) * _PAGE


def tree(roots: Iterable[int]) -> set[int]:
    """These processes and all their descendants that live."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (stat := _stat(int(entry.name))):
            children.setdefault(stat[0], []).append(int(entry.name))
    found: set[int] = set()
    todo = list(roots)
    while todo:
        pid = todo.pop()
        if pid not in found and _stat(pid):
            found.add(pid)
            todo.extend(children.get(pid, []))
    return found


def cpu_seconds(roots: Iterable[int]) -> float:
    """User and system seconds of the tree, reaped children counted."""
    return sum(stat[1] for pid in tree(roots) if (stat := _stat(pid)))


def memory_bytes(roots: Iterable[int]) -> int:
    """Resident bytes of the tree (shared pages counted for each process)."""
    return sum(stat[2] for pid in tree(roots) if (stat := _stat(pid)))
