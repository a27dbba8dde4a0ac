"""Files by their content: kept once for each organization, and as long as something refers to them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.storage import storages
from django.db import connection

from apps.core.models import FileUse, StoredFile
from apps.core.services import files as service
from apps.core.services.files import delete_unused_files, file_use_rows, forget_file_uses, open_file, store_file
from exprsn.kernel.clock import utc_now
from exprsn.kernel.errors import NotFound, TooLarge, Unavailable
from exprsn.kernel.ids import new_id

pytestmark = pytest.mark.django_db
HERE, THERE, RUN = new_id(), new_id(), new_id()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A storage of its own for each test."""
    monkeypatch.setattr(storages["items"], "_location", str(tmp_path))
    for name in ("base_location", "location"):
        monkeypatch.delitem(storages["items"].__dict__, name, raising=False)
    return tmp_path


def stored(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def sweep_after_grace() -> None:
    StoredFile.objects.exclude(check_at=None).update(check_at=utc_now() - timedelta(seconds=1))
    delete_unused_files()


def read(organization_id: UUID, file_id: UUID | str) -> bytes:
    with open_file(organization_id, file_id) as file:
        return file.read()


def test_what_was_stored_can_be_read(folder: Path) -> None:
    pieces: Iterator[bytes] = iter([b"a" * 700_000, b"b" * 700_000])
    ref = store_file(HERE, pieces, name="C:\\temp\\Über/..\\report.pdf", media_type="Application/PDF; x=1", owner=RUN)
    assert (ref.size, ref.file_name, ref.media_type) == (1_400_000, "report.pdf", "application/pdf")
    assert read(HERE, str(ref.id)) == b"a" * 700_000 + b"b" * 700_000
    assert ref.to_data()["sha256"] == StoredFile.objects.get().sha256


@pytest.mark.parametrize(
    ("name", "media_type", "expected"),
    [
        ("", "", ("file", "application/octet-stream")),
        ("../..", "text/", ("file", "application/octet-stream")),
        ("a\r\nb\x00.txt", "text/plain\r\nX: y", ("ab.txt", "application/octet-stream")),
        ("x" * 300 + ".png", "image/png", ("x" * 251 + ".png", "image/png")),
    ],
)
def test_names_are_made_harmless(name: str, media_type: str, expected: tuple[str, str]) -> None:
    ref = store_file(HERE, b"", name=name, media_type=media_type)
    assert (ref.file_name, ref.media_type) == expected


def test_the_same_bytes_are_kept_once_in_each_organization(folder: Path) -> None:
    first, again = store_file(HERE, b"same", name="a"), store_file(HERE, b"same", name="b")
    other = store_file(THERE, b"same")
    assert first.id == again.id != other.id
    assert stored(folder) == [b"same", b"same"]


def test_a_stranger_finds_nothing() -> None:
    ref = store_file(HERE, b"secret")
    for organization_id, file_id in ((THERE, ref.id), (HERE, new_id()), (HERE, "none")):
        with pytest.raises(NotFound) as refused:
            open_file(organization_id, file_id)
        assert refused.value.code == "file_not_found"


def test_too_much_is_refused_and_leaves_nothing(folder: Path) -> None:
    with pytest.raises(TooLarge) as refused:
        store_file(HERE, iter([b"1234", b"5678"]), max_bytes=7)
    assert refused.value.code == "file_too_large"
    assert (stored(folder), StoredFile.objects.count()) == ([], 0)


def test_a_file_goes_with_the_last_who_refers_to_it(folder: Path) -> None:
    ref, other_run = store_file(HERE, b"bytes", owner=RUN), new_id()
    FileUse.objects.bulk_create(file_use_rows(HERE, other_run, [ref.id, "no id"]))
    forget_file_uses([RUN])
    sweep_after_grace()
    assert read(HERE, ref.id) == b"bytes"
    forget_file_uses([other_run])
    delete_unused_files()  # at once: that it was in use was known
    assert (stored(folder), StoredFile.objects.count(), FileUse.objects.count()) == ([], 0, 0)


def test_what_nobody_has_referred_to_yet_has_its_time_of_grace(folder: Path) -> None:
    ref = store_file(HERE, b"bytes")
    delete_unused_files()
    assert read(HERE, ref.id) == b"bytes"
    sweep_after_grace()
    assert stored(folder) == []


@pytest.mark.parametrize("moment", ["before the bytes", "after the bytes"])
def test_whoever_dies_while_storing_leaves_nothing_for_ever(
    folder: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    class Killed(BaseException):
        pass

    def die(*_: Any) -> None:
        raise Killed

    place = (service._storage(), "save") if moment == "before the bytes" else (service, "_use")
    monkeypatch.setattr(*place, die)
    with pytest.raises(Killed):
        store_file(HERE, b"bytes", owner=RUN)
    monkeypatch.undo()
    assert StoredFile.objects.get().is_ready is False
    sweep_after_grace()
    assert StoredFile.objects.count() == 0


def test_a_sweep_that_dies_is_finished_by_the_next(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ref = store_file(HERE, b"bytes")

    def fail(name: str) -> None:
        raise OSError("the disk is away")

    with monkeypatch.context() as patch:
        patch.setattr(storages["items"], "delete", fail)
        sweep_after_grace()
    with pytest.raises(NotFound):
        open_file(HERE, ref.id)
    again = store_file(HERE, b"bytes", owner=RUN)
    sweep_after_grace()
    assert (read(HERE, again.id), stored(folder)) == (b"bytes", [b"bytes"])


def test_a_storage_that_is_away_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> str:
        raise ConnectionError("no route")

    monkeypatch.setattr(storages["items"], "save", fail)
    with pytest.raises(Unavailable) as refused:
        store_file(HERE, b"bytes")
    assert refused.value.code == "storage_unavailable"


@pytest.mark.django_db(transaction=True)
def test_who_stores_the_same_at_the_same_time_gets_the_same(folder: Path) -> None:
    found: list[UUID] = []
    together = threading.Barrier(4)

    def store() -> None:
        together.wait()
        try:
            found.append(store_file(HERE, b"x" * 1000, owner=RUN).id)
        finally:
            connection.close()

    threads = [threading.Thread(target=store) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), len(set(found))) == (4, 1)
    assert read(HERE, found[0]) == b"x" * 1000
    sweep_after_grace()
    assert stored(folder) == [b"x" * 1000]
