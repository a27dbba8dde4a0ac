"""``manage.py decision_table``."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from apps.decision_tables.models import DecisionTable
from tests.decision_tables.pricing import MANY_PREMIUM, NAME, PRICING, at, create, done, publish
from tests.people import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(owner: Person, capsys: pytest.CaptureFixture[str]) -> Any:
    """Carries the command out for the owner's organization and answers with what it says."""

    def carry_out(action: str, *arguments: str, code: int = 0) -> tuple[str, str]:
        out, err = io.StringIO(), io.StringIO()
        named = ["--organization", owner.organization.slug]
        if code:
            with pytest.raises(CommandError) as refused:
                call_command("decision_table", action, *arguments, *named, stdout=out, stderr=err)
            assert refused.value.returncode == code
            return out.getvalue(), err.getvalue() + str(refused.value)
        call_command("decision_table", action, *arguments, *named, stdout=out, stderr=err)
        return out.getvalue(), err.getvalue()

    return carry_out


def test_a_table_answers(owner: Person, run: Any, tmp_path: Path) -> None:
    create(owner)
    publish(owner)
    (tmp_path / "in.json").write_text(json.dumps([MANY_PREMIUM, {"quantity": "many"}]))
    answer = json.loads(run("evaluate", NAME, json.dumps(MANY_PREMIUM), "--explain")[0])
    assert (answer["outputs"], answer["version"], len(answer["trace"]["rules"])) == (
        {"price": 8.5, "discount": 15}, 1, 3,
    )  # fmt: skip
    first, second = json.loads(run("evaluate", NAME, f"@{tmp_path / 'in.json'}", "--version", "draft")[0])["results"]
    assert (first["rule_ids"], second["error"]["code"]) == (["r1"], "invalid_input")


def test_inputs_from_standard_input(owner: Person, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    create(owner)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(MANY_PREMIUM).encode())))
    assert json.loads(run("evaluate", NAME, "-", "--version", "draft")[0])["matched"] is True


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["evaluate", "nothing", "{}"], 4, "table_not_found"),
        (["evaluate", NAME, "5"], 2, "an object, or a list"),
        (["evaluate", NAME, "{"], 2, "malformed_json"),
        (["evaluate", NAME, "@/nowhere.json"], 2, "No such file"),
        (["evaluate", NAME, "{}"], 5, "not_published"),
        (["evaluate", NAME, '{"quantity": "x"}', "--version", "draft"], 2, "inputs.quantity"),
        (["evaluate", NAME, "{}", "--version", "99"], 4, "version_not_found"),
        (["evaluate", NAME, "{}", "--version", "new"], 2, "a number, draft or published"),
        (["export", NAME, "--format", "xlsx"], 2, "name a file"),
        (["import", "/nowhere.json"], 1, "No such file"),
    ],
)
def test_refusals_have_their_exit_codes(owner: Person, run: Any, arguments: list[str], code: int, said: str) -> None:
    create(owner)
    assert said in run(*arguments, code=code)[1]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "dmn", "json"])
def test_files_go_out_and_come_in(owner: Person, run: Any, tmp_path: Path, ending: str) -> None:
    create(owner)
    file = tmp_path / f"prices.{ending}"
    run("export", NAME, str(file))
    told = json.loads(run("import", str(file), "--json")[0])
    made = DecisionTable.plain.get(id=told["id"])
    lost = [each for each in told["report"] if each["severity"] != "info"]
    assert (made.name, made.rule_count, lost) == (told["name"], 3, [])


def test_a_draft_is_replaced_and_what_was_lost_is_told(owner: Person, run: Any, tmp_path: Path) -> None:
    create(owner)
    (tmp_path / "new.csv").write_text("quantity,price\n>= 5,2\n")
    (tmp_path / "bad.csv").write_text("When,Then\na,b\nnumber,number\n1,cheap\n")
    out, err = run("import", str(tmp_path / "new.csv"), "--into", NAME)
    assert (out[: len(NAME)], "price: No column is marked" in err) == (NAME, True)
    assert done(owner, "get", at(NAME))["rule_count"] == 1
    assert "B4" in run("import", str(tmp_path / "bad.csv"), code=1)[1]


def test_text_goes_to_standard_output(owner: Person, run: Any) -> None:
    create(owner)
    assert run("export", NAME, "--format", "csv")[0].splitlines()[0] == f"Table:,{NAME}"
    assert json.loads(run("export", NAME)[0])["name"] == NAME


def test_verification_fails_where_the_table_has_errors(owner: Person, run: Any) -> None:
    create(owner)
    assert json.loads(run("verify", NAME, "--json")[0])["status"] in {"ok", "findings"}
    same = {**PRICING["rules"][1], "id": "again", "outputs": {"price": 1}}
    create(owner, "clash", hit_policy="UNIQUE", rules=[*PRICING["rules"][1:2], same])
    out, said = run("verify", "clash", code=1)
    assert "error: " in out
    assert "has errors" in said
