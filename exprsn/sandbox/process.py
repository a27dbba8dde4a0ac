"""One zygote process, seen from outside: started when first used, and anew after it died."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from exprsn.sandbox.errors import CodeCrashed
from exprsn.sandbox.frames import FrameError, read_frame, write_frame
from exprsn.sandbox.limits import MIB, Limits

_START = "import sys; sys.path[:0] = sys.argv[3:]; from exprsn.sandbox.zygote import main; main(*sys.argv[1:3])"
_ROOT = str(Path(__file__).parents[2])
# There is no file of time zones to read in the jail; code reckons in UTC unless it says otherwise.
_ENVIRONMENT = {"TZ": "UTC0", "PYTHONDONTWRITEBYTECODE": "1"}
PATIENCE_SECONDS = 5.0


class Zygote:
    """A clean process for one family of guests. ``preload``: further modules that it imports before it forks."""

    def __init__(self, guest: str, paths: Sequence[str] = (), preload: Sequence[str] = ()) -> None:
        self._command = [sys.executable, "-I", "-S", "-c", _START, guest, ",".join(preload), _ROOT, *paths]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """Of the process, while there is one."""
        return self._process.pid if self._process is not None else None

    def ask(self, request: bytes, limits: Limits) -> tuple[bytes, bytes]:
        """One request; the zygote's own words about the run, and the untrusted answer of the child.

        A zygote that is late or gone is replaced.
        """
        for attempt in (1, 2):
            process = self._running()
            assert process.stdin is not None
            assert process.stdout is not None
            deadline = time.monotonic() + limits.wall_seconds + PATIENCE_SECONDS
            try:
                write_frame(process.stdin.fileno(), request)
            except OSError:
                self.stop()
                if attempt == 1:
                    continue  # it died while idle: nothing has run yet
                raise CodeCrashed("The sandbox's process died.") from None
            try:
                verdict = read_frame(process.stdout.fileno(), MIB, deadline)
                return verdict, read_frame(process.stdout.fileno(), limits.output_bytes, deadline)
            except (FrameError, OSError):
                self.stop()
                raise CodeCrashed("The sandbox's process died while the code ran.") from None
        raise AssertionError("unreachable")

    def stop(self) -> None:
        """Kill the process, and with it the child that it watches."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.stop()
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and code
                self._command,
                env=_ENVIRONMENT,
                cwd="/",
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                close_fds=True,
            )
        return self._process
