"""Who may know whom, beyond what import-linter says."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[2]
PUBLIC = {"public", "contracts", "events", "exceptions", "registry"}
REQUIREMENTS = ("requirements", "requirements-build", "requirements-otel", "requirements-s3", "requirements-dev")
OF_CORE = PUBLIC | {"models", "api", "web", "admin", "consumers", "access", "live", "templatetags"}


def imports_of(path: Path) -> list[str]:
    """Every module that a file imports from."""
    tree = ast.parse(path.read_text())
    froms = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return froms + [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]


def test_apps_use_only_the_public_modules_of_other_apps() -> None:
    found = []
    for path in (ROOT / "apps").rglob("*.py"):
        own = path.relative_to(ROOT / "apps").parts[0]
        for module in imports_of(path):
            parts = module.split(".")
            if len(parts) < 3 or parts[0] != "apps" or parts[1] == own:
                continue
            if parts[2] not in (OF_CORE if parts[1] == "core" else PUBLIC):
                found.append(f"{path.relative_to(ROOT)} imports {module}")
    assert found == []


def test_no_module_is_in_an_import_cycle() -> None:
    graph = grimp.build_graph("apps", "exprsn", "config", cache_dir=None, exclude_type_checking_imports=True)
    edges = {module: sorted(graph.find_modules_directly_imported_by(module)) for module in graph.modules}
    order: dict[str, int] = {}
    state: dict[str, int] = {}
    for root in sorted(edges):
        stack = [(root, iter(edges[root]))] if root not in state else []
        state.setdefault(root, 1)
        while stack:
            module, following = stack[-1]
            successor = next(following, None)
            if successor is None:
                state[module] = 2
                order[module] = len(order)
                stack.pop()
            elif successor not in state:
                state[successor] = 1
                stack.append((successor, iter(edges[successor])))
            else:
                assert state[successor] == 2, f"{module} and {successor} import each other"
    assert len(order) == len(edges)


def test_no_business_logic_in_signals() -> None:
    pattern = re.compile(r"@receiver\(|(?:pre|post)_(?:save|delete|init)\b|m2m_changed")
    assert [str(p) for p in (ROOT / "apps").rglob("*.py") if pattern.search(p.read_text())] == []


def tracked() -> list[Path]:
    """Every text file that is part of the repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.suffix not in {".png", ".woff2", ".mo"} and path.is_file()]


def test_the_repository_names_no_machine_and_no_registry() -> None:
    hosts = re.compile(r"registry\.npmjs|pypi\.org|files\.pythonhosted|deb\.debian")
    for path in tracked():
        text = path.read_text(errors="replace")
        if path != Path(__file__):
            assert str(ROOT) + "/" not in text, path
            assert not hosts.search(text), path


def test_requirements_are_locked() -> None:
    for name in REQUIREMENTS:
        wanted = re.findall(r"^([A-Za-z][\w.-]*)", (ROOT / f"{name}.in").read_text(), re.MULTILINE)
        locked = (ROOT / f"{name}.txt").read_text().lower().replace("_", "-")
        for package in wanted:
            assert re.search(rf"^{package.lower().replace('_', '-')}(\[.*\])?==", locked, re.MULTILINE), package


def test_every_dependency_has_its_reason() -> None:
    reasons = (ROOT / "docs" / "dependencies.md").read_text().lower()
    for name in REQUIREMENTS:
        for package in re.findall(r"^([A-Za-z][\w.-]*)", (ROOT / f"{name}.in").read_text(), re.MULTILINE):
            assert f"`{package.lower()}`" in reasons, package
