"""Steps that journeys share."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page, expect

from benchmarks.server import EMAIL, PASSWORD

N8N_EXPORT: dict[str, Any] = {
    "name": "Greeting service",
    "nodes": [
        {
            "id": "a1", "name": "Webhook", "type": "n8n-nodes-base.webhook", "typeVersion": 2, "position": [0, 0],
            "parameters": {"httpMethod": "POST", "path": "greet", "responseMode": "responseNode", "options": {}},
        },
        {
            "id": "a2", "name": "Compose", "type": "n8n-nodes-base.set", "typeVersion": 3.4, "position": [220, 0],
            "parameters": {
                "assignments": {
                    "assignments": [
                        {"id": "x", "name": "greeting", "type": "string", "value": "=Hello {{ $json.body.name }}!"}
                    ]
                },
                "options": {},
            },
        },
        {
            "id": "a3", "name": "Respond", "type": "n8n-nodes-base.respondToWebhook", "typeVersion": 1.1,
            "position": [440, 0], "parameters": {"respondWith": "firstIncomingItem", "options": {}},
        },
    ],
    "connections": {
        "Webhook": {"main": [[{"node": "Compose", "type": "main", "index": 0}]]},
        "Compose": {"main": [[{"node": "Respond", "type": "main", "index": 0}]]},
    },
}  # fmt: skip


def sign_in(page: Page) -> None:
    """Sign in as the administrator."""
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")


def show_canvas(page: Page, workflow: str, query: str = "") -> None:
    """Open a workflow's designer; its cards stand a moment before its commands can be used, so wait for those too."""
    page.goto(f"/workflows/{workflow}/{query}")
    expect(page.locator(".canvas[aria-busy=false] .react-flow__node").first).to_be_visible()


def export_text(path: str) -> str:
    """An n8n export whose webhook answers this path."""
    export = json.loads(json.dumps(N8N_EXPORT))
    export["nodes"][0]["parameters"]["path"] = path
    export["name"] = f"Greeting at {path}"
    return json.dumps(export)
