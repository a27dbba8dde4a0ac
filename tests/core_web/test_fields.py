from __future__ import annotations

from django import forms
from django.template.loader import render_to_string


class Sample(forms.Form):
    name = forms.CharField(label="Name", help_text="Who uses it.")
    note = forms.CharField(label="Note", required=False)
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("a", "A")])
    active = forms.BooleanField(label="Active", required=False)


def field(name: str, data: dict[str, str] | None = None) -> str:
    return render_to_string("components/field.html", {"field": Sample(data)[name]})


def test_help_and_error_are_tied_to_their_field() -> None:
    html = field("name", {})
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_helptext">Who uses it.' in html
    assert '<div id="id_name_error">' in html
    assert "This field is required." in html


def test_only_what_may_stay_empty_says_so() -> None:
    assert ["(optional)" in field(name) for name in ("name", "note", "kind", "active")] == [False, True, False, False]


def test_a_box_is_inside_of_its_label() -> None:
    assert '<label class="choice"><input type="checkbox"' in field("active")


def test_errors_of_the_whole_form_come_first() -> None:
    form = Sample({"name": "x"})
    form.add_error(None, "These do not fit together.")
    html = render_to_string("components/form.html", {"form": form})
    assert html.index('role="alert"') < html.index("These do not fit together.") < html.index('for="id_name"')
