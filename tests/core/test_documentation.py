"""What the code can say is documented."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def sources(*folders: str) -> str:
    return "\n".join(path.read_text() for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))


def missing(words: set[str], page: str) -> set[str]:
    text = (ROOT / "docs" / page).read_text()
    return {word for word in words if f"`{word}`" not in text}


def test_every_error_code_is_documented() -> None:
    code = re.compile(r'(?:\bcode|default_code(?:: ClassVar\[str\])?) ?= ?"([a-z_]+)"')
    assert missing(set(code.findall(sources("apps", "exprsn"))), "errors.md") == set()


def kinds_of_node_errors() -> set[str]:
    """What ``NodeError(kind=…)`` is called with in the code; the rest of an f-string is an ellipsis."""
    found: set[str] = set()
    for path in (ROOT / "apps").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "NodeError":
                found |= {kind for each in call.keywords if each.arg == "kind" for kind in words_in(each.value)}
    return found


def words_in(value: ast.expr) -> set[str]:
    """The texts that an expression may be: of both branches of a condition, and the start of an f-string."""
    if isinstance(value, ast.IfExp):
        return words_in(value.body) | words_in(value.orelse)
    if isinstance(value, ast.JoinedStr) and isinstance(value.values[0], ast.Constant):
        return {f"{value.values[0].value}…"}
    return {value.value} if isinstance(value, ast.Constant) and isinstance(value.value, str) else set()


def test_every_kind_of_node_error_is_documented() -> None:
    found = kinds_of_node_errors()
    assert {"http_…", "bad_xml", "expression_error"} <= found
    assert missing(found, "errors.md") == set()


def test_every_environment_variable_is_documented() -> None:
    reader = re.compile(r'env\.(?:text|required_text|flag|integer|seconds|words|folder)\(\s*"([A-Z_]+)"')
    assert missing(set(reader.findall(sources("config"))), "settings.md") == set()


def test_every_system_check_is_documented() -> None:
    found = set(re.findall(r"exprsn\.[EW]\d{3}", sources("apps")))
    found |= {f"exprsn.{number}" for number in re.findall(r'"(E\d{3})"', sources("apps/core"))}
    assert missing(found, "settings.md") == set()
