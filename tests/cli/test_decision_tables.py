"""Decision tables by the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from benchmarks.server import Server
from tests.cli.conftest import Cli
from tests.decision_tables.pricing import MANY_PREMIUM, PRICING

NAME = "cli-pricing"


@pytest.fixture
def table(signed_in: Cli, server: Server, tmp_path: Path) -> Iterator[str]:
    """The example table, made by the command line; gone after the test."""
    file = tmp_path / "table.json"
    file.write_text(json.dumps(PRICING))
    made = signed_in("tables", "create", NAME, "--label", "Prices", "--data", f"@{file}")
    assert (made.code, made.out[:20]) == (0, f"“{NAME}” is there "[:20]), made.err
    yield NAME
    for found in server.call("GET", "/decision-tables/?limit=200")["items"]:
        server.call("DELETE", f"/decision-tables/{found['id']}/")


def test_tables_are_found_and_shown(signed_in: Cli, table: str) -> None:
    listed = signed_in("tables", "list", "--search", "cli-pri")
    assert [line.split()[0] for line in listed.out.splitlines()] == ["NAME", NAME]
    assert signed_in("tables", "list", "--search", "nothing", "--json").data["items"] == []
    shown = signed_in("tables", "show", table)
    assert ("not published" in shown.out, "customer_tier" in shown.out) == (True, True)
    assert len(signed_in("tables", "show", table, "--json").data["rules"]) == 3
    assert signed_in("tables", "show", "no-such-table").code == 4


def test_a_table_answers_when_it_is_published(signed_in: Cli, table: str, tmp_path: Path) -> None:
    inputs = json.dumps(MANY_PREMIUM)
    assert signed_in("tables", "evaluate", table, inputs, "--version", "9").code == 4
    assert "version 1 is live" in signed_in("tables", "publish", table, "--message", "first").out
    assert signed_in("tables", "evaluate", table, inputs).out.splitlines() == [
        "matched: r1", "price     8.5", "discount  15",
    ]  # fmt: skip
    explained = signed_in("tables", "evaluate", table, "-", "--explain", "--json", "--version", "1", stdin=inputs)
    assert len(explained.data["trace"]["rules"]) == 3
    (tmp_path / "rows.json").write_text(json.dumps([MANY_PREMIUM, {"quantity": "many"}]))
    batch = signed_in("tables", "evaluate-batch", table, str(tmp_path / "rows.json"))
    assert batch.code == 1
    assert batch.out.splitlines()[0] == '0: {"price": 8.5, "discount": 15}'
    assert "1: invalid_input" in batch.out
    assert "1 of 2" in batch.err


@pytest.mark.parametrize("ending", ["csv", "xlsx", "dmn", "json"])
def test_files_go_out_and_come_in(signed_in: Cli, table: str, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"prices.{ending}"
    assert signed_in("tables", "export", table, str(file)).code == 0
    made = signed_in("tables", "import", str(file), "--name", f"copy-{ending}", "--json").data["table"]
    assert (made["name"], made["rule_count"]) == (f"copy-{ending}", 3)


def test_a_draft_is_replaced_and_compared(signed_in: Cli, table: str, tmp_path: Path) -> None:
    signed_in("tables", "publish", table)
    (tmp_path / "new.csv").write_text("quantity,price\n>= 5,2\n")
    done = signed_in("tables", "import", str(tmp_path / "new.csv"), "--into", table)
    assert (done.code, "price: No column is marked" in done.err) == (0, True)
    assert "column customer_tier: removed" in signed_in("tables", "diff", table).out
    assert "Nothing changed" in signed_in("tables", "diff", table, "1", "published").out
    assert signed_in("tables", "diff", table, "--json").data["rules"]
    assert "live" in signed_in("tables", "versions", table).out
    assert signed_in("tables", "versions", table, "--json").data["items"][0]["number"] == 1
    (tmp_path / "bad.csv").write_text("When,Then\na,b\nnumber,number\n1,cheap\n")
    refused = signed_in("tables", "import", str(tmp_path / "bad.csv"))
    assert (refused.code, "B4" in refused.err) == (2, True)


def test_tests_verification_and_statistics(signed_in: Cli, server: Server, table: str, tmp_path: Path) -> None:
    def case(name: str, price: float) -> None:
        body: dict[str, Any] = {"name": name, "inputs": MANY_PREMIUM, "expected": {"outputs": {"price": price}}}
        server.call("POST", f"/decision-tables/{table}/tests/", body)

    case("right", 8.5)
    assert "1 passed, 0 failed; 33% of the rules" in signed_in("tables", "test", table).out
    case("wrong", 1)
    failed = signed_in("tables", "test", table, "--junit", str(tmp_path / "r.xml"))
    assert (failed.code, "wrong: outputs.price: expected 1, got 8.5" in failed.out) == (1, True)
    assert fromstring((tmp_path / "r.xml").read_text()).find("testsuite").get("failures") == "1"  # type: ignore[union-attr]
    assert signed_in("tables", "test", table, "--json").data["totals"] == {"passed": 1, "failed": 1}
    assert signed_in("tables", "publish", table).code == 5
    assert signed_in("tables", "publish", table, "--skip-tests").code == 0
    assert signed_in("tables", "verify", table, "--json").data["status"] in {"ok", "findings"}
    assert signed_in("tables", "verify", table).code == 0
    assert "Evaluations" in signed_in("tables", "stats", table, "--days", "1").out
    assert signed_in("tables", "stats", table, "--json").data["days"] == 7


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["tables", "evaluate", NAME, "[]"], 2),
        (["tables", "evaluate-batch", NAME, "/nowhere.json"], 2),
        (["tables", "import", "/nowhere.csv"], 2),
        (["tables", "export", NAME, "/nowhere/x.csv"], 2),
        (["tables", "export", NAME, "--format", "docx"], 2),
        (["tables", "verify", "../users"], 4),
    ],
)
def test_what_cannot_be_done(signed_in: Cli, table: str, arguments: list[str], code: int) -> None:
    assert signed_in(*arguments).code == code
