"""A draft is written through the one door: no other code makes or changes a version's document."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
# A first draft, and what edits leave behind.
MAY_SAVE_VERSIONS = {"apps/workflows/services/workflows.py:create_workflow",
                     "apps/workflows/services/collaborating.py:materialize"}  # fmt: skip
MAY_WRITE_DOCUMENTS = {"apps/workflows/services/drafts.py"}
MAY_SET_CURRENT = {"apps/workflows/services/drafts.py"}


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every function of the apps with the file that it is in."""
    for path in sorted((ROOT / "apps").rglob("*.py")):
        if "migrations" in path.parts:
            continue
        for found in ast.walk(ast.parse(path.read_text())):
            if isinstance(found, ast.FunctionDef):
                yield str(path.relative_to(ROOT)), found


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def test_versions_are_saved_by_edits_and_for_first_drafts_only() -> None:
    calling = {
        f"{path}:{function.name}"
        for path, function in functions()
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and name_of(call) == "save_version"
    }
    assert calling == MAY_SAVE_VERSIONS


def test_documents_of_versions_are_written_in_one_file() -> None:
    making, setting, moving = set(), set(), set()
    for path, function in functions():
        for found in ast.walk(function):
            if isinstance(found, ast.Call) and name_of(found) == "VersionDocument":
                making.add(path)
            if isinstance(found, ast.Assign):
                for target in (target for target in found.targets if isinstance(target, ast.Attribute)):
                    of = target.value
                    if target.attr == "value" and "document" in ast.unparse(of):
                        setting.add(path)
                    if target.attr == "current" and "workflow" in ast.unparse(of):
                        moving.add(path)
    assert (making, setting, moving) == (MAY_WRITE_DOCUMENTS, MAY_WRITE_DOCUMENTS, MAY_SET_CURRENT)


def test_rows_of_documents_are_never_written_in_bulk() -> None:
    for path in (ROOT / "apps").rglob("*.py"):
        if "migrations" not in path.parts:
            text = path.read_text()
            for writing in ("update(", "bulk_create(", "bulk_update(", "update_or_create(", "create("):
                assert f"VersionDocument.objects.{writing}" not in text, path
