"""Approvals in the browser: found in the inbox, looked at, mended, decided; by link too; in every look."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.signing import Signer
from playwright.sync_api import Page, expect

from benchmarks.server import EMAIL, Server
from tests.e2e.conftest import axe
from tests.e2e.journeys import sign_in
from tests.workflows.main_job.definitions import MANUAL, chain

pytestmark = pytest.mark.e2e
FIELDS: list[dict[str, Any]] = [
    {"name": "budget", "label": "Budget", "type": "number", "required": True, "max": 500},
    {
        "name": "team", "label": "Team", "type": "radio",
        "options": [{"value": "a", "label": "Sales"}, {"value": "b", "label": "Support"}],
    },
]  # fmt: skip
ITEMS = [{"supplier": "Ada & Sons", "amount": 120.5, "note": "two chairs"}, {"supplier": "Noor", "amount": 40}]


def ask(server: Server, title: str, **more: Any) -> str:
    """A run that asks; answers the id of its execution."""
    question = {
        "title": title,
        "description": "Two **invoices** wait.\n\n- they are due\n- see [the list](https://example.com)",
        "fields": FIELDS,
        "limit_time": True,
        **more,
    }
    definition = chain(MANUAL, ("ask", "approval", question), ("done", "no_op", {}))
    made = server.call("POST", "/workflows/", {"name": f"Purchase: {title}", "definition": definition})
    body = {"trigger_data": ITEMS, "wait": True}
    run = server.call("POST", f"/workflows/{made['id']}/execute/", body)["execution"]
    assert run["status"] == "waiting", run
    return str(run["id"])


def status(server: Server, execution: str) -> str:
    return str(server.call("GET", f"/executions/{execution}/")["status"])


def looks_right(page: Page, name: str, look: tuple[str, int]) -> None:
    """Accessible, not wider than the window; a picture for whoever asks for them."""
    folder = Path(os.environ.get("EXPRSN_SCREENSHOTS", ""))
    if str(folder) != ".":
        page.screenshot(path=folder / f"{name}-{look[0]}-{look[1]}.png", full_page=True)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= look[1]


def test_from_the_inbox_to_the_end_of_the_run(page: Page, server: Server) -> None:
    execution = ask(server, "Buy two chairs?", assignees=EMAIL)
    sign_in(page)
    page.get_by_role("link", name="Approvals").first.click()
    page.get_by_role("link", name="Buy two chairs?").click()
    expect(page.get_by_role("cell", name="Ada & Sons")).to_be_visible()
    page.get_by_label("Comment").fill("Take the blue ones.")
    page.get_by_role("button", name="Approve").press("Enter")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Budget: give an answer.").click()
    expect(page.get_by_label("Budget")).to_be_focused()
    page.get_by_label("Budget").fill("200")
    page.get_by_label("Support").check()
    expect(page.get_by_label("Comment")).to_have_value("Take the blue ones.")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Approved.")).to_be_visible()
    page.get_by_role("link", name="Decided").click()
    page.get_by_role("link", name="Buy two chairs?").click()
    expect(page.get_by_text("Take the blue ones.")).to_be_visible()
    page.get_by_role("link", name="Open the run").click()
    expect(page.locator(".page-head")).to_contain_text("Success", timeout=20_000)
    assert status(server, execution) == "success"


def test_the_inbox_is_live(page: Page, server: Server) -> None:
    sign_in(page)
    page.goto("/approvals/")
    ask(server, "Came while somebody looked?", assignees=EMAIL)
    expect(page.get_by_role("link", name="Came while somebody looked?")).to_be_visible(timeout=20_000)


def test_every_page_in_every_look(page_in: Page, look: tuple[str, int], server: Server) -> None:
    title = f"Agree in {look[0]} at {look[1]}?"
    execution = ask(server, title, assignees=EMAIL)
    sign_in(page_in)
    page_in.goto("/approvals/")
    looks_right(page_in, "inbox", look)
    page_in.get_by_role("link", name=title).click()
    page_in.wait_for_url("**/approvals/*-*/")
    looks_right(page_in, "question", look)
    page_in.get_by_role("button", name="Reject").click()
    expect(page_in.get_by_text("Rejected.")).to_be_visible()
    page_in.goto("/approvals/?show=decided")
    looks_right(page_in, "decided", look)
    page_in.goto(f"/executions/{execution}/")
    expect(page_in.locator(".page-head")).to_contain_text("Success", timeout=20_000)


def link(server: Server, execution: str) -> str:
    """What the mail about the approval of this run would lead to."""
    [found] = server.call("GET", f"/approvals/?execution={execution}")["items"]
    secret = (
        os.environ.get("SECRET_KEY") or Path(server.environment["EXPRSN_DATA_DIR"], "keys", "secret_key").read_text()
    )
    ids = (UUID(found["id"]).hex, UUID(found["assignees"][0]["user"]).hex)
    return f"/approvals/link/{Signer(key=secret.strip(), salt='exprsn.approval', sep='.').sign('-'.join(ids))}/"


def test_by_link_without_signing_in_in_every_look(page_in: Page, look: tuple[str, int], server: Server) -> None:
    execution = ask(server, "Buy without signing in?", assignees=EMAIL)
    page_in.goto(link(server, execution))
    looks_right(page_in, "link", look)
    page_in.get_by_role("button", name="Approve").click()
    expect(page_in.get_by_role("alert")).to_be_focused()
    page_in.get_by_label("Budget").fill("20")
    page_in.get_by_role("button", name="Approve").click()
    expect(page_in.get_by_text(f"Approved by {EMAIL}.")).to_be_visible()
    looks_right(page_in, "link-decided", look)
