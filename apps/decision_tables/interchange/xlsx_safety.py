"""What a workbook could hide is looked for before anything of it is read as XML."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from apps.decision_tables.interchange.limits import refused

MAX_PARTS = 2_000
MAX_UNPACKED = 64 * 1024 * 1024
MAX_RATIO = 100
# Every tag becomes an object. A full table of 10,000 rules and 100 columns has four million in its sheet.
MAX_SHEET_TAGS = 4_500_000
MAX_OTHER_TAGS = 2_000_000
# Small parts may be packed as tightly as they like.
_FREE = 4 * 1024 * 1024
_CHUNK = 256 * 1024
_DOCTYPE = re.compile(rb"<!\s*(doctype|entity)", re.IGNORECASE)
_OVERLAP = 64


def check_workbook(data: bytes) -> None:
    """Refuse what is no workbook, unpacks to too much, has entities, or points to other files."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_parts(archive.infolist())
            room = MAX_UNPACKED
            for part in archive.infolist():
                room -= _unpacked(archive, part, room)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise refused(f"The file is no Excel workbook (.xlsx), or it is damaged: {error}") from None


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if len(parts) > MAX_PARTS:
        raise refused(f"The workbook has more than {MAX_PARTS:,} parts. Save it with fewer sheets and pictures.")
    if "xl/workbook.xml" not in names:
        raise refused("The file is no Excel workbook (.xlsx). Save it as one, or as CSV.")
    if len(set(names)) != len(names):
        raise refused("The workbook has two parts of one name.")
    if any(name.lower().startswith("xl/externallinks/") for name in names):
        raise refused("The workbook points to other workbooks. Remove the links (Data, Edit Links) and save it again.")
    for part in parts:
        if part.flag_bits & 1:
            raise refused("The workbook has a password. Save it without one.")
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise _too_large()


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> int:
    """The real size of a part, read piece by piece and kept nowhere."""
    size, tags, tail = 0, 0, b""
    is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    most = MAX_SHEET_TAGS if "/worksheets/" in part.filename else MAX_OTHER_TAGS
    with archive.open(part) as stream:
        while piece := stream.read(_CHUNK):
            size += len(piece)
            if size > room:
                raise _too_large()
            if size > _FREE and size > MAX_RATIO * max(part.compress_size, 1):
                raise refused(f"The workbook's part {part.filename} is packed too tightly: it may be a zip bomb.")
            if is_xml:
                _check_xml(tail + piece, part.filename, first=not tail)
                tail = piece[-_OVERLAP:]
                tags += piece.count(b"<")
                if tags > most:
                    raise refused(f"The workbook's part {part.filename} has more than {most:,} tags. Split the table.")
    return size


def _check_xml(piece: bytes, name: str, *, first: bool) -> None:
    if first and b"\x00" in piece[:8]:
        raise refused(f"The workbook's part {name} is not in UTF-8. Save the workbook again.")
    if _DOCTYPE.search(piece):
        raise refused(f"The workbook's part {name} has a document type declaration, which is not accepted.")


def _too_large() -> Exception:
    return refused(f"The workbook unpacks to more than {MAX_UNPACKED // (1024 * 1024)} MiB. Split it.")
