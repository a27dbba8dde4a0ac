"""DMN files of every version, and files that mean harm."""

from __future__ import annotations

import resource
import time

import pytest

from apps.decision_tables.engine.dmn.evaluation import DmnModel
from apps.decision_tables.interchange.dmn.namespaces import MODELS
from apps.decision_tables.interchange.dmn.reading import read_definitions
from apps.decision_tables.interchange.dmn.tables import read_dmn
from exprsn.kernel.errors import DomainError
from tests.decision_tables.dmn.samples import decision, file, read, text, typed

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
FINE = file(decision("a", text("1 + 1")))


@pytest.mark.parametrize("namespace", sorted(MODELS))
def test_every_version_is_read(namespace: str) -> None:
    inside = f'<decision id="a" name="a">{text("1 + 1")}</decision>'
    assert DmnModel(read(inside, model=namespace)).decide("a", {}) == typed(2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252", "us-ascii"])
def test_encodings(encoding: str) -> None:
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    content = f'<?xml version="1.0" encoding="{declared}"?>\n{FINE.decode()}'.encode(encoding)
    assert read_definitions(content).elements[0].name == "a"


def test_comments_and_instructions_are_passed_over() -> None:
    content = b"<!-- a > b --><?tool x?>\n" + FINE.replace(b"1 + 1", b"1 <!-- one --> + <![CDATA[1]]>")
    assert DmnModel(read_definitions(content)).decide("a", {}) == typed(2)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not well-formed"),
        (b"decision", "not well-formed"),
        (b"\x00\x01\x02", "not well-formed"),
        (b"PK\x03\x04\xff\xfe", "not text in utf-8"),
        (b"\xff\xfe\xff", "not text in utf-16"),
        (FINE[:-5], "not well-formed"),
        (b"<html/>", "not DMN"),
        (file("", model="urn:other"), "not DMN"),
        (b'<?xml version="1.0" encoding="ebcdic-x"?><a/>', "encoding ebcdic-x is not supported"),
        (b'<?xml version="1.0" encoding="utf-7"?><a/>', "encoding utf-7 is not supported"),
        (b"<!DOCTYPE a><a/>", "DOCTYPE"),
        (b'<!-- > --><?x?>\n<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "DOCTYPE"),
        (f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a b="&l9;"/>'.encode(), "DOCTYPE"),
        ('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode("utf-16"), "DOCTYPE"),
        (b"<!-- no end", "not well-formed"),
        (b"<a>&x;</a>", "Entity 'x' not defined"),
        (b"<a>" * 101, "nested more than 100 levels"),
        (b"<a>" * 400_000, "nested more than 100 levels"),
        (b"<a/>" * 1_500_001, "more than 1,500,000 XML tags"),
        (b"<a>" + b"x" * (16 * 1024 * 1024), "larger than 16 MiB"),
        (b"<a>" + b"x" * 11_000_000 + b"</a>", "not well-formed"),
        (b"<a " + b" ".join(b'x%d=""' % n for n in range(2)) + b' x1=""/>', "not well-formed"),
    ],
    ids=range(22),
)
def test_what_is_no_dmn_is_refused_in_words(content: bytes, reason: str) -> None:
    with pytest.raises(DomainError, match=reason) as refused:
        read_definitions(content)
    assert refused.value.code == "import_invalid"
    assert refused.value.http_status == 422


def test_attacks_cost_little() -> None:
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.thread_time()
    for content in (f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a>&l9;</a>'.encode(), b"<a>" * 5_000_000):
        with pytest.raises(DomainError):
            read_definitions(content)
    assert time.thread_time() - started < 3
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000


def test_a_cell_of_a_million_characters_is_refused_by_its_place() -> None:
    rule = f"<rule>{text('x' * 1_000_000, 'inputEntry')}{text('1', 'outputEntry')}</rule>"
    table = f'<decisionTable><input>{text("n", "inputExpression")}</input><output name="a"/>{rule}</decisionTable>'
    with pytest.raises(DomainError, match="rule 1 of the table 'prices' has 1,000,000 characters") as refused:
        read_dmn(file(decision("prices", table)))
    assert refused.value.errors.keys() == {"rules[0]"}


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("<rule/>" * 10_001, "10,001 rules, and a table may have 10,000"),
        ('<output name="a"/>' * 101, "101 columns, and a table may have 100"),
    ],
)
def test_tables_over_a_limit_are_refused(inside: str, reason: str) -> None:
    with pytest.raises(DomainError, match=reason):
        read_dmn(file(decision("a", f"<decisionTable>{inside}</decisionTable>")))
