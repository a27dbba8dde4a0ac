from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.template import Context, Template
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.templatetags import shell
from apps.core.templatetags.statuses import look_of


def rendered(source: str, **context: Any) -> str:
    return Template("{% load shell %}" + source).render(Context(context))


def test_a_status_has_a_colour_and_a_word() -> None:
    html = rendered('{% pill "partial_success" %}')
    assert 'class="pill warn"' in html
    assert html.endswith("Partial success</span>")


def test_a_label_of_ones_own_is_escaped() -> None:
    assert rendered('{% pill "error" label %}', label="<b>").endswith("&lt;b&gt;</span>")


def test_an_unknown_status_says_its_own_word_without_a_colour() -> None:
    look = look_of("half_done")
    assert (look.css, look.label) == ("", "Half done")


def test_a_moment_is_machine_readable_and_in_full() -> None:
    html = rendered("{% moment value %}", value=datetime(2026, 1, 2, 12, 0, tzinfo=UTC))
    assert 'datetime="2026-01-02T12:00:00+00:00"' in html
    assert html.endswith("data-relative>Jan. 2, 2026, noon</time>")


def test_no_moment_has_its_own_word() -> None:
    assert rendered('{% moment None "never" %}') == '<span class="muted">never</span>'


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Mara Klein", "MK"), ("ada.lovelace@example.com", "AL"), ("lin", "LI"), ("", "?"), ("A B C", "AC")],
)
def test_initials(name: str, initials: str) -> None:
    assert shell.avatar(name).endswith(f">{initials}</span>")


@settings(max_examples=50)
@given(st.text())
def test_any_name_has_an_avatar_without_markup(name: str) -> None:
    html = shell.avatar(name)
    assert html.count("<") == 2
    assert html == shell.avatar(name)


def test_an_island_carries_its_properties_as_data() -> None:
    html = shell.island("data-view", {"items": ["</script>"]}, "view-1")
    assert '<script id="view-1" type="application/json">{"items": ["\\u003C/script\\u003E"]}</script>' in html
    assert '<div data-island="data-view" data-props="view-1">' in html


@pytest.mark.parametrize("name", ["../../secrets", "no-such-icon", ""])
def test_what_is_no_icon_of_ours_shows_nothing(name: str) -> None:
    assert shell.icon(name) == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "–"),
        (0, "0 ms"),
        (0.24, "0.2 ms"),
        (12.4, "12 ms"),
        (999, "999 ms"),
        (2345, "2.3 s"),
        (0.01, "< 0.1 ms"),
        (59_400, "59.4 s"),
        (125_000, "2 min 5 s"),
        (3_780_000, "1 h 3 min"),
    ],
)
def test_durations(value: float | None, words: str) -> None:
    assert shell.milliseconds(value) == words
