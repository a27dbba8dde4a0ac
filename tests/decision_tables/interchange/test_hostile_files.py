"""Files that mean harm, made here: refused with a sentence, in bounded memory and time."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping

import pytest

from apps.decision_tables.engine.reading import normalized
from apps.decision_tables.interchange import xlsx_safety
from apps.decision_tables.interchange.csv_text import read_csv
from apps.decision_tables.interchange.formats import FORMATS, format_of_file
from apps.decision_tables.interchange.xlsx import read_xlsx, write_xlsx
from exprsn.kernel.errors import DomainError
from tests.decision_tables.engine.tables import PRICING
from tests.decision_tables.interchange.workbooks import workbook

MIB = 1024 * 1024
HEADER = '<?xml version="1.0"?>'
BOMB = HEADER + '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
OUTSIDE = HEADER + '<!DOCTYPE l SYSTEM "http://169.254.169.254/x"[<!ENTITY x SYSTEM "file:///etc/passwd">]>'
SHEET = "xl/worksheets/sheet1.xml"


def changed(parts: Mapping[str, bytes], *, data: bytes | None = None) -> bytes:
    """A workbook of ours with parts in place of its own."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data or write_xlsx(PRICING, "p", "P"))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in [*old.namelist(), *(name for name in parts if name not in old.namelist())]:
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return out.getvalue()


def sheet(cells: str) -> bytes:
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'{HEADER}<worksheet xmlns="{name}">{cells}</worksheet>'.encode()


def refusal(read: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused:
        read()
    assert refused.value.code in {"import_invalid", "import_not_recognized"}
    return refused.value.message


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no Excel workbook"),
        (b"PK\x03\x04 and no more", "no Excel workbook"),
        (b"\xd0\xcf\x11\xe0 an old .xls", "no Excel workbook"),
        (changed({SHEET: (BOMB + "<l>&c;</l>").encode()}), "document type"),
        (changed({"xl/styles.xml": (OUTSIDE + "<l>&x;</l>").encode()}), "document type"),
        (changed({SHEET: b"<a>" + b" " * (256 * 1024 - 10) + b"<!ENTITY x 'y'>"}), "document type"),
        (changed({SHEET: (BOMB + "<l/>").encode("utf-16")}), "not in UTF-8"),
        (changed({"xl/externalLinks/externalLink1.xml": b"<a/>"}), "other workbooks"),
        (changed({SHEET: b"<unfinished"}), "cannot be read"),
        (changed({SHEET: sheet("<sheetData><row r='x'><c r='??'><v>1</v></c></row></sheetData>")}), ""),
        (changed({"xl/workbook.xml": b"<nothing/>"}), "no columns"),
        (workbook(["When", "Then"], ["a", "b"], [1, "=1+1"]), "B3: This cell has a formula"),
        (workbook(["When", "Then"], ["a", "b"], ["x" * 20_000, 1]), "A3: A cell may have at most 10,000 characters"),
        (workbook(["When"] * 101 + ["Then"], [f"c{at}" for at in range(102)]), "at most 100 columns"),
        (workbook([None] * 200 + ["Then"]), "at most 100 columns"),
        (workbook([None] * 16_000 + ["Then"]), "WQK1: There are cells so far to the right"),
    ],
    ids=range(16),
)
def test_workbooks(data: bytes, said: str) -> None:
    assert said in refusal(lambda: read_xlsx(data))


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = changed({SHEET: b"<a>" + b" " * (100 * MIB)})
    assert len(bomb) < MIB
    tracemalloc.start()
    assert "unpacks to more than 64 MiB" in refusal(lambda: read_xlsx(bomb))
    assert "too tightly" in refusal(lambda: read_xlsx(changed({SHEET: b" " * (20 * MIB)})))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40 * MIB  # the second bomb is made within


def test_many_parts_and_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_safety, "MAX_PARTS", 3)
    assert "more than 3 parts" in refusal(lambda: read_xlsx(write_xlsx(PRICING, "", "")))
    monkeypatch.undo()
    data = bytearray(write_xlsx(PRICING, "", ""))
    for at in range(len(data) - 4):
        if data[at : at + 4] == b"PK\x01\x02":
            data[at + 8] |= 1
    assert "password" in refusal(lambda: read_xlsx(bytes(data)))


def test_tags_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_safety, "MAX_SHEET_TAGS", 10)
    assert "has more than 10 tags" in refusal(lambda: read_xlsx(write_xlsx(PRICING, "", "")))
    monkeypatch.undo()
    monkeypatch.setattr(xlsx_safety, "MAX_OTHER_TAGS", 5)
    assert "has more than 5 tags" in refusal(lambda: read_xlsx(write_xlsx(PRICING, "", "")))


def test_a_sheet_that_says_to_be_as_large_as_can_be_takes_no_time() -> None:
    cells = "<dimension ref='A1:XFD1048576'/><sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>a</t></is></c>"
    started = time.thread_time()
    data = changed({SHEET: sheet(f"{cells}</row><row r='1048576'><c r='A1048576'><v>1</v></c></row></sheetData>")})
    assert "No column is an output" in refusal(lambda: read_xlsx(data))
    assert time.thread_time() - started < 3


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a,out: b\n" + b"x" * 1_000_000, "10,000 characters"),
        (b"a,out: b\n" + b"x" * 50_000, "A2: A cell may have at most 10,000 characters, and this one has 50,000"),
        (b"a,out: b\n1,2\n" * 6_600, "at most 10,000 rules"),
        (b"a,out: b\n" + b"1,2\n" * 10_001, "at most 10,000 rules"),
        (b"," * 100_000 + b"a", "at most 100 columns"),
        (b"\x00\x01\x02", "no text"),
        (b"\xff\xfea", "utf-16"),
        ("a,out: b\n\x00,1".encode("utf-16"), "NUL"),
        (b"\x81\x8d,\xff", "cp1252"),
        (b'a,out: b\n"' + b"x" * 200_000, "quotation mark"),
    ],
    ids=range(10),
)
def test_csv(data: bytes, said: str) -> None:
    assert said in refusal(lambda: read_csv(data))


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", "^(([a-z])+.)+[A-Z]([a-z])+$"])
def test_patterns_that_stall_elsewhere_do_not_here(pattern: str) -> None:
    [found] = read_csv(f"When,Then\na,b\nstring,number\nmatches {pattern},1\n".encode())
    assert normalized(found.document)["rules"][0]["conditions"][0]["value"] == pattern


@pytest.mark.parametrize("entity", ["<!ENTITY a 'b'>", "<!ENTITY a SYSTEM 'file:///etc/passwd'>"])
def test_dmn_with_entities(entity: str) -> None:
    text = f"{HEADER}<!DOCTYPE d [{entity}]><definitions>&a;</definitions>"
    assert "DOCTYPE" in refusal(lambda: FORMATS["dmn"].read(text.encode()))


def test_large_tables_are_read_in_bounded_time() -> None:
    rows = "".join(f">= {at},tier {at % 7},{at / 4}\n" for at in range(10_000))
    started = time.thread_time()
    [found] = read_csv(f"quantity,tier,out: price\n{rows}".encode())
    assert (len(found.document["rules"]), time.thread_time() - started < 5) == (10_000, True)


@pytest.mark.parametrize(("name", "known"), [("a.CSV", "csv"), ("b.xlsx", "xlsx"), ("c.xlsm", None), ("d.xml", "dmn")])
def test_formats_by_name(name: str, known: str | None) -> None:
    assert format_of_file(name) == known
