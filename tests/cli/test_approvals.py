"""Approvals by the command line: look, approve with answers, reject; what is refused has its exit code."""

from __future__ import annotations

from typing import Any

from tests.cli.conftest import Cli, Workflows

FIELDS = [{"name": "budget", "label": "Budget", "type": "number", "required": True}]


def asks(workflows: Workflows, title: str, **more: Any) -> tuple[str, str]:
    """The ids of a run that waits and of what it asks."""
    made = workflows(title, ("approval", {"title": title, **more}))
    call = workflows.server.call
    run = call("POST", f"/workflows/{made['id']}/execute/", {"wait": True})["execution"]
    [found] = call("GET", f"/approvals/?execution={run['id']}")["items"]
    return str(run["id"]), str(found["id"])


def test_look_and_approve_with_answers(signed_in: Cli, workflows: Workflows) -> None:
    run, found = asks(workflows, "Buy chairs?", fields=FIELDS)
    listed = signed_in("approvals", "list", "--mine")
    assert (listed.code, "Buy chairs?" in listed.out, found in listed.out) == (0, True, True)
    assert signed_in("approvals", "get", found, "--json").data["items"] == [{}]
    shown = signed_in("approvals", "get", found).out
    assert "budget" in shown
    assert "whoever may run" in shown
    refused = signed_in("approvals", "approve", found)
    assert (refused.code, "budget" in refused.err) == (2, True)
    done = signed_in("approvals", "approve", found, "--form", '{"budget": 5}', "-m", "Fine", "--json")
    assert (done.code, done.data["status"], done.data["form"], done.data["comment"]) == (
        0, "approved", {"budget": 5}, "Fine",
    )  # fmt: skip
    assert signed_in("executions", "logs", "-f", run).code == 0
    assert signed_in("approvals", "approve", found, "--form", '{"budget": 5}').code == 5
    assert found in signed_in("approvals", "list", "--status", "approved", "--limit", "1").out


def test_reject(signed_in: Cli, workflows: Workflows) -> None:
    run, found = asks(workflows, "Sell chairs?")
    assert "rejected" in signed_in("approvals", "reject", found, "-m", "No").out
    assert signed_in("executions", "logs", "-f", run).code == 0
    assert signed_in("approvals", "reject", "nonsense").code == 2
    assert signed_in("approvals", "get", "0192d6a4-5f7c-7a3e-9c1b-2f4d6e8a0b1c").code == 4
