"""Keys that are made once: the same for all who ask, whole, and nobody else's."""

from __future__ import annotations

import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from exprsn.kernel.keptfile import kept_text

RACER = """
import sys, time, secrets
from pathlib import Path
from exprsn.kernel.keptfile import kept_text
time.sleep(max(0, float(sys.argv[2]) - time.time()))
print(kept_text(Path(sys.argv[1]), lambda: secrets.token_hex(4000)))
"""


def test_it_is_made_once_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "a" / "keys" / "key"
    assert [kept_text(path, lambda text=text: text) for text in ("one", "two")] == ["one", "one"]  # type: ignore[misc]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert list(path.parent.iterdir()) == [path]


def test_who_comes_second_takes_what_the_first_one_made(tmp_path: Path) -> None:
    path = tmp_path / "key"

    def overtaken() -> str:
        path.write_text("first")
        return "second"

    assert kept_text(path, overtaken) == "first"
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_file_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.touch()
    with pytest.raises(ValueError, match="is empty"):
        kept_text(path, lambda: "new")
    assert path.read_text() == ""


def test_a_disk_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("exprsn.kernel.keptfile.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        kept_text(tmp_path / "key", lambda: "text")
    assert list(tmp_path.iterdir()) == []


def test_processes_that_start_at_once_get_the_same(tmp_path: Path) -> None:
    at = str(time.time() + 1.0)
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, str(tmp_path / "keys" / "key"), at], stdout=subprocess.PIPE, text=True
        )
        for _ in range(8)
    ]
    texts = {racer.communicate(timeout=60)[0].strip() for racer in racers}
    assert len(texts) == 1
    assert len(texts.pop()) == 8000
    assert len(list((tmp_path / "keys").iterdir())) == 1
