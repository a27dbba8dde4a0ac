"""The processes below this one and the memory they hold."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Line:
    """A process: its id, its parent's, its state, its resident memory and what it runs."""

    pid: int
    parent: int
    state: str
    resident: int
    command: str


def _line(folder: Path) -> Line | None:
    try:
        _, _, rest = (folder / "stat").read_text().rpartition(") ")
        command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return None
    fields = rest.split()
    return Line(int(folder.name), int(fields[1]), fields[0], int(fields[21]) * os.sysconf("SC_PAGE_SIZE"), command)


def below(root: int) -> list[Line]:
    """All processes below one."""
    lines = [line for folder in Path("/proc").glob("[0-9]*") if (line := _line(folder)) is not None]
    found, parents = [], {root}
    while parents:
        children = [line for line in lines if line.parent in parents]
        found += children
        parents = {line.pid for line in children}
    return found


def resident(pid: int) -> int:
    """Bytes of memory that a process holds."""
    line = _line(Path(f"/proc/{pid}"))
    return 0 if line is None else line.resident


def table(title: str) -> str:
    """The processes of this test run's sandboxes, and the memory of this process."""
    lines = [f"{title}: this process {os.getpid()} holds {resident(os.getpid()) / 2**20:.0f} MiB"]
    for line in below(os.getpid()):
        if "exprsn.sandbox" in line.command:
            guest = line.command.split("main(*sys.argv[1:3])")[-1].split()[0]
            lines.append(
                f"  {line.pid:>7} {line.state} {line.resident / 2**20:6.1f} MiB  {guest}, child of {line.parent}"
            )
    return "\n".join(lines if len(lines) > 1 else [*lines, "  no process of a sandbox"])
