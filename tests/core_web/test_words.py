"""The words of the islands: which page loads them, and what the script holds."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.people import Person

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Save {name}"
msgstr "{name} sichern"

msgid "{n} item"
msgid_plural "{n} items"
msgstr[0] "{n} Element"
msgstr[1] "{n} Elemente"
"""


@pytest.fixture
def german(tmp_path: Path, settings: Any) -> None:
    """A German catalogue in a folder of its own."""
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "djangojs.po").write_text(PO, encoding="utf-8")
    made = ["msgfmt", "-o", str(folder / "djangojs.mo"), str(folder / "djangojs.po")]
    try:
        subprocess.run(made, check=True)
    except FileNotFoundError:
        pytest.skip("msgfmt is not on this machine")
    settings.LOCALE_PATHS = [tmp_path]


@pytest.mark.usefixtures("german")
def test_the_script_holds_our_words_and_may_be_kept(client: Client) -> None:
    answer = client.get("/words/de.js")
    assert answer["Content-Type"].startswith("text/javascript")
    text = answer.content.decode()
    assert "{name} sichern" in text
    assert "{n} Elemente" in text
    assert "public" in answer["Cache-Control"]
    again = client.get("/words/de.js", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_texts_of_the_administration_stay_out(client: Client) -> None:
    assert "Filter" not in client.get("/words/de.js").content.decode()


@pytest.mark.parametrize(("language", "status"), [("xx", 404), ("_", 404), ("de-at", 200)])
def test_an_unknown_language_is_not_found(client: Client, language: str, status: int) -> None:
    assert client.get(f"/words/{language}.js").status_code == status


def test_a_page_in_another_language_loads_its_words_before_the_islands(owner: Person) -> None:
    html = owner.client.get("/", headers={"Accept-Language": "de"}).content.decode()
    assert html.index("/words/de.js") < html.index('type="module"')
    assert "/words/" not in owner.client.get("/", headers={"Accept-Language": "en"}).content.decode()
