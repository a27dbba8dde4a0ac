"""``manage.py workflow test``: what it prints and how it ends."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.management import CommandError, call_command

from tests.people import Person
from tests.workflows.main_job.definitions import MANUAL, chain, create, fields

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(owner: Person) -> dict[str, Any]:
    """A workflow with one test that passes and one that fails."""
    made = create(owner, chain(MANUAL, fields("out", x="1")), "Desk")
    create(owner, chain(MANUAL), "Without tests")
    for name, count in (("Good", 1), ("Bad", 2)):
        body = {"name": name, "assertions": [{"kind": "count", "node": "out", "expected": count}]}
        assert owner.api.post(f"/api/v1/workflows/{made['id']}/tests/", body, format="json").status_code == 201
    return made


def command(owner: Person, *arguments: str) -> tuple[int, str]:
    """The exit code and what was printed."""
    out = StringIO()
    try:
        call_command("workflow", "test", *arguments, "--organization", owner.organization.slug, stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue() or str(error)
    return 0, out.getvalue()


def test_the_tests_of_one_workflow(owner: Person, desk: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "report.xml"
    code, said = command(owner, "desk", "--junit", str(file))
    assert code == 1
    assert said == "desk: Good: passed\ndesk: Bad: failed\n  count: 1 items, not 2.\n1 passed, 1 failed.\n"
    assert ElementTree.fromstring(file.read_bytes())[0].get("failures") == "1"
    owner.api.patch(f"/api/v1/workflows/{desk['id']}/", {}, format="json")
    (bad,) = [t for t in owner.api.get(f"/api/v1/workflows/{desk['id']}/tests/").json()["items"] if t["name"] == "Bad"]
    owner.api.delete(f"/api/v1/workflows/{desk['id']}/tests/{bad['id']}/")
    assert command(owner, desk["id"])[0] == 0


def test_the_tests_of_all_workflows_that_have_some(owner: Person, desk: dict[str, Any]) -> None:
    code, said = command(owner, "--all", "--json")
    (told,) = json.loads(said)["workflows"]
    assert (code, told["workflow"], told["passed"], told["failed"]) == (1, "desk", 1, 1)


@pytest.mark.parametrize(("arguments", "code"), [((), 2), (("desk", "--all"), 2), (("no-such",), 4)])
def test_what_cannot_be_asked(owner: Person, desk: dict[str, Any], arguments: tuple[str, ...], code: int) -> None:
    assert command(owner, *arguments)[0] == code
