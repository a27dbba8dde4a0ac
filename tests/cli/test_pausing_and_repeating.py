"""Pausing, bulk retries and replays by the command line."""

from __future__ import annotations

from tests.cli.conftest import FAILS, SAYS_DONE, Cli, Workflows, waits


def test_a_run_is_paused_and_goes_on(signed_in: Cli, workflows: Workflows) -> None:
    workflows("Takes its time", waits(3600))
    run = str(signed_in("workflows", "execute", "takes-its-time", "--wait", "--timeout", "1", "--json").code)
    assert run == "12"
    listed = signed_in("executions", "list", "--workflow", "takes-its-time", "--json").data["items"]
    run = listed[0]["id"]
    assert signed_in("executions", "resume", run).code == 5
    paused = signed_in("executions", "pause", run)
    assert (paused.code, "is paused" in paused.out) == (0, True)
    assert signed_in("executions", "resume", run, "--decision", "done").code == 2
    assert signed_in("executions", "resume", run, "--output", "{").code == 2
    resumed = signed_in("executions", "resume", run, "--json")
    assert (resumed.code, resumed.data["status"]) == (0, "waiting")
    assert signed_in("executions", "stop", run).code == 0


def test_many_are_run_again(signed_in: Cli, workflows: Workflows) -> None:
    workflows("Fails twice", FAILS)
    for _ in range(2):
        assert signed_in("workflows", "execute", "fails-twice", "--wait").code == 10
    again = signed_in("executions", "retry", "--workflow", "fails-twice", "--json")
    assert (again.code, again.data["accepted"], again.data["refused"]) == (0, 2, 0)
    shown = signed_in("executions", "retry", "--workflow", "fails-twice", "--status", "success")
    assert (shown.code, shown.out) == (0, "0 run again, 0 refused.\n")
    for wrong in ([], ["ID", "--status", "error"], ["--status", "error", "--wait"], ["--status", "running"]):
        assert signed_in("executions", "retry", *wrong).code == 2


def test_a_replay_runs_what_is_there_now(signed_in: Cli, workflows: Workflows) -> None:
    workflows("First one", SAYS_DONE)
    other = workflows("Second one", SAYS_DONE)
    former = signed_in("workflows", "execute", "first-one", "--wait", "--json").data["id"]
    replayed = signed_in("executions", "replay", former, "--draft", "--wait", "--json")
    assert (replayed.code, replayed.data["retry_of"]) == (0, former)
    moved = signed_in("executions", "replay", former, "--workflow", "second-one", "--wait", "--json")
    assert (moved.code, moved.data["workflow"]) == (0, other["id"])
