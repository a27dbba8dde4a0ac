"""The main job: import a workflow, publish, activate, call it, look at the recorded run."""

from __future__ import annotations

import json
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from benchmarks.server import Server
from tests.e2e.conftest import axe
from tests.e2e.journeys import export_text, sign_in

pytestmark = pytest.mark.e2e


def call(server: Server, path: str, body: dict[str, str]) -> dict[str, str]:
    """Call a webhook as curl would."""
    request = urllib.request.Request(
        f"{server.base}/webhook/{path}",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        found: dict[str, str] = json.loads(answer.read())
    return found


def test_import_publish_activate_call_and_see_the_run(page: Page, server: Server) -> None:
    sign_in(page)
    page.goto("/workflows/import/")
    page.get_by_label("Or paste the JSON").fill(export_text("journey"))
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("3 / 3")).to_be_visible()
    page.get_by_role("link", name="Open").click()
    page.locator("#designer-bar-end").get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Overview").click()
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("button", name="Activate").click()
    expect(page.get_by_text("/webhook/journey")).to_be_visible()
    assert call(server, "journey", {"name": "Ada"}) == {"greeting": "Hello Ada!"}
    page.reload()
    page.get_by_role("link", name="Success").first.click()
    page.get_by_text("Compose").click()
    expect(page.get_by_role("gridcell", name="Hello Ada!").first).to_be_visible()


def test_garbage_is_refused_with_a_sentence_and_nothing_is_made(page: Page) -> None:
    sign_in(page)
    page.goto("/workflows/import/")
    page.get_by_label("Or paste the JSON").fill("{not json")
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("The JSON cannot be read")).to_be_visible()


def test_a_token_is_shown_once_and_can_be_revoked(page: Page) -> None:
    sign_in(page)
    page.goto("/settings/tokens/")
    page.get_by_label("Name").fill("My script")
    page.get_by_role("button", name="Create token").click()
    expect(page.locator("#secret")).to_contain_text("exprsn_")
    page.goto("/settings/tokens/")
    expect(page.locator("#secret")).to_have_count(0)
    page.get_by_role("button", name="Revoke My script").click()
    expect(page.get_by_text("revoked").first).to_be_visible()


def test_a_credential_is_never_shown_again(page: Page) -> None:
    sign_in(page)
    page.goto("/settings/credentials/new/bearer/")
    page.get_by_label("Name").fill("Shop")
    page.get_by_label("Token", exact=True).fill("s3cret-value")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Shop").click()
    expect(page.get_by_role("heading", name="Shop")).to_be_visible()
    assert "s3cret-value" not in page.content()


def test_the_theme_stays_chosen(page: Page) -> None:
    sign_in(page)
    button = page.get_by_role("button", name="Theme")
    button.click()
    button.click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


PAGES = (
    "/", "/workflows/", "/workflows/import/", "/executions/", "/settings/tokens/", "/settings/credentials/",
    "/settings/credentials/new/basic/", "/settings/audit/", "/settings/profile/", "/settings/organization/",
    "/settings/members/", "/settings/teams/", "/organizations/new/", "/accounts/password/change/",
)  # fmt: skip


@pytest.mark.lengthy
def test_every_screen_is_accessible_and_fits(page_in: Page, look: tuple[str, int]) -> None:
    page_in.goto("/accounts/login/")
    found = {"/accounts/login/": axe(page_in)}
    sign_in(page_in)
    for path in PAGES:
        page_in.goto(path)
        found[path] = axe(page_in)
        if page_in.evaluate("document.documentElement.scrollWidth") > look[1]:
            found[path].append("wider than the window")
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_a_member_and_a_team_are_accessible_and_fit(page_in: Page, look: tuple[str, int]) -> None:
    sign_in(page_in)
    page_in.goto("/settings/members/")
    page_in.locator("td .title").first.click()
    page_in.wait_for_url("**/settings/members/*-*/")
    assert axe(page_in) == []
    page_in.get_by_role("button", name="Leave the organization").click()
    expect(page_in.get_by_text("Make another member an owner first")).to_be_visible()
    assert axe(page_in) == []
    page_in.goto("/settings/teams/")
    page_in.get_by_label("Name").fill(f"Sales {look[0]} {look[1]}")
    page_in.get_by_role("button", name="Create team").click()
    page_in.get_by_role("button", name="Delete team").first.click()
    expect(page_in.get_by_role("dialog")).to_be_visible()
    assert axe(page_in) == []
    assert page_in.evaluate("document.documentElement.scrollWidth") <= look[1]
    page_in.get_by_role("dialog").get_by_role("button", name="Delete team").click()
    expect(page_in.get_by_text("Deleted the team")).to_be_visible()


def test_an_execution_is_accessible_and_fits(page_in: Page, look: tuple[str, int], server: Server) -> None:
    workflow = server.call("POST", "/workflows/import/", json.loads(export_text(f"a11y-{look[0]}-{look[1]}")))[
        "workflow"
    ]
    execution = server.call("POST", f"/workflows/{workflow['id']}/execute/", {"wait": True})["execution"]
    sign_in(page_in)
    page_in.goto(f"/executions/{execution['id']}/")
    for step in page_in.locator("details.step > summary").all():
        step.click()
    assert axe(page_in) == []
    assert page_in.evaluate("document.documentElement.scrollWidth") <= look[1]
