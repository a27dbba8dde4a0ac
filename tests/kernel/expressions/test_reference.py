"""The reference of expressions is in step with the tables of methods."""

from __future__ import annotations

from pathlib import Path

import pytest

from exprsn.kernel.expressions.reference import entries
from scripts import expression_reference
from scripts.expression_reference import Named, Section, faults, main, reference, result_of, sections

PAGE = Path(__file__).parents[3] / "docs" / "expressions-reference.md"


def test_every_method_has_its_text_and_no_text_lacks_its_method() -> None:
    assert faults() == []


def test_the_page_is_in_step() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == reference(), "run: python -m scripts.expression_reference docs/expressions-reference.md"


def test_every_row_is_an_entry_with_the_result_of_its_example() -> None:
    trim = next(entry for entry in entries() if (entry["on"], entry["name"]) == ("text", "trim"))
    assert {name: trim[name] for name in ("signature", "example", "result")} == {
        "signature": "trim()",
        "example": '"  a b ".trim()',
        "result": '"a b"',
    }
    assert len(entries()) == sum(len(section.names) for section in sections())


def test_a_row_shows_call_text_and_the_result_of_its_example() -> None:
    assert '| `trim()` | Without white space at both ends. | `"  a b ".trim()` → `"a b"` |\n' in reference()


@pytest.mark.parametrize(
    ("source", "result"),
    [("undefined", "undefined"), ("0 / 0", "NaN"), ("-1 / 0", "-Infinity"), ('"a".trim', "a function"), ("$x", "1")],
)
def test_results_without_a_json_form_are_shown_by_name(source: str, result: str) -> None:
    assert result_of(source, Named({"$x": 1})) == result


def test_a_method_without_text_is_named_and_nothing_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    odd = Section("text", "Text", "", frozenset({"teleport"}))
    monkeypatch.setattr(expression_reference, "sections", lambda: [odd])
    monkeypatch.setattr("sys.argv", ["expression_reference", str(tmp_path / "page.md")])
    with pytest.raises(SystemExit, match=r"text\.teleport: add it"):
        main()
    assert not (tmp_path / "page.md").exists()
    monkeypatch.setattr(expression_reference, "sections", sections)
    main()
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == PAGE.read_text(encoding="utf-8")
