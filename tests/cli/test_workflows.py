"""Workflows by the command line: find, look at, move, publish, switch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.server import Server
from tests.cli.conftest import SAYS_DONE, Cli, Workflows

DEMO = Path(__file__).parents[2] / "fixtures" / "demo" / "order-desk.json"


@pytest.fixture
def desk(signed_in: Cli, workflows: Workflows) -> dict[str, Any]:
    """An imported workflow that can be published."""
    imported = signed_in("workflows", "import", str(DEMO), "--json").data["workflow"]
    workflows.made.append(imported["id"])
    found: dict[str, Any] = imported
    return found


def test_list_shows_and_filters(signed_in: Cli, workflows: Workflows) -> None:
    workflows("Alpha one", SAYS_DONE)
    workflows("Alpha two", SAYS_DONE)
    shown = signed_in("workflows", "list", "--search", "alpha", "--env", "testing", "--status", "draft")
    assert (shown.code, shown.err) == (0, "")
    lines = shown.out.splitlines()
    assert lines[0].split() == ["SLUG", "NAME", "STATUS", "ENV", "VERSION", "LIVE", "LAST", "RUN", "CHANGED"]
    assert [line.split()[0] for line in lines[1:]] == ["alpha-two", "alpha-one"]
    none = signed_in("workflows", "list", "--search", "alpha", "--env", "production")
    assert (none.code, none.out, none.err) == (0, "", "No workflow is like this.\n")
    assert signed_in("workflows", "list", "--search", "alpha", "--status", "active", "--json").data["items"] == []


def test_list_follows_pages_up_to_the_limit(signed_in: Cli, workflows: Workflows) -> None:
    for number in range(3):
        workflows(f"Page {number}")
    two = signed_in("workflows", "list", "--search", "Page ", "--limit", "2")
    assert len(two.out.splitlines()) == 3
    assert "--limit 0" in two.err
    data = signed_in("workflows", "list", "--search", "Page ", "--limit", "2", "--json").data
    assert data["page_info"] == {"has_more": True, "count": 2}
    data = signed_in("workflows", "list", "--search", "Page ", "--limit", "0", "--json").data
    assert data["page_info"] == {"has_more": False, "count": 3}


@pytest.mark.parametrize("name", ["id", "slug", "name", "upper"])
def test_a_workflow_is_known_by_id_slug_and_name(signed_in: Cli, workflows: Workflows, name: str) -> None:
    made = workflows("Known by all", SAYS_DONE)
    text = made["name"].upper() if name == "upper" else made[name]
    shown = signed_in("workflows", "get", text)
    assert (shown.code, shown.err) == (0, "")
    assert made["id"] in shown.out
    assert "not published" in shown.out
    assert "set 1" in shown.out
    assert signed_in("workflows", "get", text, "--json").data["definition"]["nodes"][1]["id"] == "n1"


def test_a_name_of_two_workflows_is_refused_with_both(signed_in: Cli, workflows: Workflows) -> None:
    made = [workflows("Twin"), workflows("twin")]
    done = signed_in("workflows", "get", "TWIN")
    assert (done.code, done.out) == (2, "")
    for workflow in made:
        assert workflow["id"] in done.err
    assert signed_in("workflows", "get", "Twin", "--json").data["id"] == made[0]["id"]


def test_an_unknown_workflow_is_not_found(signed_in: Cli, workflows: Workflows) -> None:
    workflows("Nearly it")
    done = signed_in("workflows", "get", "Nearly")
    assert (done.code, done.out) == (4, "")
    assert "nearly-it" in done.err
    assert signed_in("workflows", "export", "0192d6a4-5f7c-7a3e-9c1b-2f4d6e8a0b1c").code == 4


def test_import_reports_and_export_gives_it_back(signed_in: Cli, workflows: Workflows, tmp_path: Path) -> None:
    done = signed_in("workflows", "import", "-", stdin=DEMO.read_bytes())
    assert (done.code, done.err) == (0, "")
    assert "6 of 6 nodes converted" in done.out
    slug = done.out.split(" as ")[1].split(" ")[0]
    file = tmp_path / "out.json"
    assert signed_in("workflows", "export", slug, str(file), "--stable").code == 0
    printed = signed_in("workflows", "export", slug, "--stable")
    assert printed.data == json.loads(file.read_text())
    assert printed.out == file.read_text()
    assert "exported_at" in signed_in("workflows", "export", slug, "-").data
    assert signed_in("workflows", "export", slug, str(file), "--json").data == {"name": "Order desk", "file": str(file)}
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["out.json"]
    workflows.made.append(signed_in("workflows", "get", slug, "--json").data["id"])


def test_import_of_n8n_and_of_a_bundle(signed_in: Cli, workflows: Workflows) -> None:
    node = {
        "id": "a",
        "name": "Strange",
        "type": "n8n-nodes-base.veryStrange",
        "typeVersion": 1,
        "position": [0, 0],
        "parameters": {},
    }
    done = signed_in(
        "workflows", "import", "-", stdin=json.dumps({"name": "From n8n", "nodes": [node], "connections": {}})
    )
    assert done.code == 0
    assert "to do: Strange" in done.err
    bundle = json.dumps([json.loads(DEMO.read_text()), {"name": "From n8n too", "nodes": [node], "connections": {}}])
    done = signed_in("workflows", "import", "-", "--json", stdin=bundle)
    assert done.code == 0
    made = [*done.data["workflows"], signed_in("workflows", "get", "From n8n", "--json").data]
    workflows.made += [workflow["id"] for workflow in made]
    assert len(made) == 3


@pytest.mark.parametrize("raw", [b"{", b"", b"\xff\xfe\x00", b'{"a": NaN}', b"[" * 100_000])
def test_import_refuses_what_is_not_json(signed_in: Cli, raw: bytes) -> None:
    done = signed_in("workflows", "import", "-", stdin=raw)
    assert (done.code, done.out) == (2, "")
    assert "standard input" in done.err


def test_import_refuses_files_that_are_none(signed_in: Cli, tmp_path: Path) -> None:
    assert signed_in("workflows", "import", str(tmp_path / "none.json")).code == 2
    refused = signed_in("workflows", "import", "-", stdin='{"what": "is this"}')
    assert (refused.code, "import_not_recognized" in refused.err) == (2, True)


def test_export_keeps_modes_and_links_and_knows_devices(signed_in: Cli, workflows: Workflows, tmp_path: Path) -> None:
    workflows("Leaves here")
    kept, link = tmp_path / "kept.json", tmp_path / "link.json"
    kept.write_text("old")
    kept.chmod(0o640)
    link.symlink_to(kept)
    assert signed_in("workflows", "export", "leaves-here", str(link)).code == 0
    assert link.is_symlink()
    assert json.loads(kept.read_text())["name"] == "Leaves here"
    assert kept.stat().st_mode & 0o777 == 0o640
    assert signed_in("workflows", "export", "leaves-here", "/dev/null").code == 0
    assert signed_in("workflows", "export", "leaves-here", str(tmp_path)).code == 2


def test_export_into_a_folder_that_is_not_there(signed_in: Cli, workflows: Workflows, tmp_path: Path) -> None:
    workflows("Leaves")
    done = signed_in("workflows", "export", "leaves", str(tmp_path / "no" / "file.json"))
    assert (done.code, "cannot be written" in done.err) == (2, True)


def test_publish_activate_deactivate(signed_in: Cli, desk: dict[str, Any]) -> None:
    early = signed_in("workflows", "activate", desk["slug"])
    assert (early.code, early.out) == (5, "")
    assert "exprsn workflows publish" in early.err
    assert (
        signed_in("workflows", "publish", desk["slug"], "--message", "First").out
        == "“Order desk”: version 1 is live.\n"
    )
    assert signed_in("workflows", "publish", desk["id"], "--version", "1").code == 0
    assert signed_in("workflows", "activate", desk["id"], "--json").data["status"] == "active"
    assert signed_in("workflows", "activate", desk["slug"]).out == "“Order desk” is active.\n"
    assert signed_in("workflows", "deactivate", desk["slug"]).code == 0
    assert signed_in("workflows", "get", desk["slug"], "--json").data["status"] != "active"
    assert signed_in("workflows", "publish", desk["id"], "--version", "99").code == 4
    assert signed_in("workflows", "publish", desk["id"], "--version", "0").code == 2


def test_publish_names_every_fault(signed_in: Cli, workflows: Workflows) -> None:
    workflows("Faulty", ("http_request", {}))
    done = signed_in("workflows", "publish", "faulty")
    assert (done.code, done.out) == (2, "")
    assert "definition.nodes[1].parameters.url: " in done.err
    assert "definition_invalid" in done.err


def test_validate_a_workflow_and_a_file(signed_in: Cli, desk: dict[str, Any]) -> None:
    assert signed_in("workflows", "validate", desk["slug"]).out == "No faults found.\n"
    assert signed_in("workflows", "validate", str(DEMO), "--json").data == {"valid": True, "faults": []}
    assert signed_in("workflows", "validate", "-", stdin=json.dumps(desk["definition"])).code == 0


@pytest.mark.parametrize(
    ("definition", "places"),
    [
        ({"nodes": 1}, {"wrong_shape": 2}),
        ([], {"wrong_shape": 1}),
        ({"nodes": [{"id": "a", "type": "no_such"}], "connections": []}, {"unknown_node_type": 1}),
        ({"nodes": [{"id": "a", "type": "set"}] * 2, "connections": []}, {"duplicate_id": 2}),
        ({"nodes": [], "connections": [{"source": "a", "target": "b"}]}, {"dangling_connection": 2}),
    ],
)
def test_validate_names_the_places(signed_in: Cli, definition: Any, places: dict[str, int]) -> None:
    done = signed_in("workflows", "validate", "-", "--json", stdin=json.dumps(definition))
    assert done.code == 2
    codes = [fault["code"] for fault in done.data["faults"]]
    assert {word: codes.count(word) for word in codes} == places
    told = signed_in("workflows", "validate", "-", stdin=json.dumps({"definition": definition}))
    assert (told.code, told.out) == (2, "")
    assert "definition" in told.err


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"name": "x", "nodes": [], "connections": {}}, "an export of n8n"),
        ({"workflows": [{"nodes": []}]}, "several workflows"),
        ([{"nodes": []}], "several workflows"),
    ],
)
def test_what_only_import_understands_is_said(signed_in: Cli, document: Any, words: str) -> None:
    told = signed_in("workflows", "validate", "-", stdin=json.dumps(document))
    assert (told.code, told.out, words in told.err, "import" in told.err) == (2, "", True, True)


def test_what_validates_by_itself_imports_by_itself(signed_in: Cli, desk: dict[str, Any]) -> None:
    definition = json.dumps(desk["definition"])
    assert signed_in("workflows", "validate", "-", stdin=definition).code == 0
    answer = signed_in("workflows", "import", "-", "--json", stdin=definition)
    assert (answer.code, answer.data["workflow"]["definition"]["nodes"]) == (0, desk["definition"]["nodes"])


def test_a_token_that_may_only_read_changes_nothing(cli: Cli, server: Server, workflows: Workflows) -> None:
    made = workflows("Only to look at", SAYS_DONE)
    cli.uses(server.base, server.call("POST", "/tokens/", {"name": "reader", "scopes": ["read"]})["token"])
    assert cli("workflows", "get", made["slug"]).code == 0
    for command in ("publish", "execute", "activate", "deactivate"):
        done = cli("workflows", command, made["slug"])
        assert (done.code, done.out) == (3, "")
        assert "permission_denied" in done.err
    assert cli("workflows", "import", str(DEMO)).code == 3
    after = server.call("GET", f"/workflows/{made['id']}/")
    assert (after["published_version"], after["execution_count"], after["status"]) == (None, 0, "draft")
