"""Form triggers of n8n's."""

from __future__ import annotations

from typing import Any

import pytest

PAGE = {"path": "contact", "formTitle": "Contact us"}


def form(**more: Any) -> dict[str, Any]:
    basic = {
        "path": "contact", "title": "Contact us", "description": "", "fields": [], "submit_label": "",
        "response_mode": "immediately", "thanks": "",
    }  # fmt: skip
    return {**basic, **more}


def with_fields(*fields: dict[str, Any]) -> dict[str, Any]:
    return {**PAGE, "formFields": {"values": list(fields)}}


OPTIONS = {"values": [{"option": "Yes"}, {"option": "=No"}, {"option": ""}, {"option": "Yes"}]}
OURS = [{"value": "Yes", "label": "Yes"}, {"value": "No", "label": "No"}]


@pytest.mark.parametrize(
    ("version", "given", "expected"),
    [
        (1, PAGE, form()),
        (2.2, {"formTitle": "Contact us", "options": {"path": "contact"}}, form()),
        (2.3, {**PAGE, "responseMode": "lastNode", "formDescription": "Hi"}, form(
            response_mode="when_finished", description="Hi")),
        (2, {**PAGE, "responseMode": "responseNode", "options": {"buttonLabel": "Go", "appendAttribution": False}},
         form(response_mode="when_finished", submit_label="Go")),
        (2.2, {**PAGE, "options": {"respondWithOptions": {"values": {"formSubmittedText": "=Bye"}}}},
         form(thanks="Bye")),
        (2.2, {**PAGE, "options": {"respondWithOptions": {"values": {
            "respondWith": "redirect", "redirectUrl": "https://example.com"}}}},
         {**{k: v for k, v in form().items() if k != "thanks"}, "redirect_url": "https://example.com"}),
    ],
)  # fmt: skip
def test_pages(parameters: Any, version: float, given: Any, expected: Any) -> None:
    assert parameters("formTrigger", given, version) == expected


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ({"fieldLabel": "Your name", "requiredField": True}, {
            "name": "Your name", "label": "Your name", "type": "text", "required": True}),
        ({"fieldLabel": "A", "requiredField": "={{ false }}", "placeholder": "=Such as"}, {
            "name": "A", "label": "A", "type": "text", "placeholder": "Such as"}),
        ({"fieldLabel": "A", "fieldType": "dropdown", "fieldOptions": OPTIONS}, {
            "name": "A", "label": "A", "type": "select", "options": OURS}),
        ({"fieldLabel": "A", "fieldType": "dropdown", "multiselect": True, "fieldOptions": OPTIONS}, {
            "name": "A", "label": "A", "type": "multiselect", "options": OURS}),
        ({"fieldLabel": "A", "fieldType": "checkbox", "fieldOptions": OPTIONS}, {
            "name": "A", "label": "A", "type": "multiselect", "options": OURS}),
        ({"fieldLabel": "A", "fieldType": "radio", "fieldOptions": OPTIONS}, {
            "name": "A", "label": "A", "type": "radio", "options": OURS}),
        ({"fieldType": "hiddenField", "fieldName": "src", "fieldValue": "ad"}, {
            "name": "src", "label": "src", "type": "hidden", "default": "ad"}),
        ({"fieldType": "date"}, {"name": "field-1", "label": "field-1", "type": "date"}),
        *[({"fieldLabel": "A", "fieldType": kind}, {"name": "A", "label": "A", "type": kind})
          for kind in ("textarea", "email", "number", "password")],
    ],
)  # fmt: skip
def test_fields(parameters: Any, theirs: Any, ours: Any) -> None:
    assert parameters("formTrigger", with_fields(theirs), 2.2)["fields"] == [ours]


@pytest.mark.parametrize(
    ("given", "warning"),
    [
        (with_fields({"fieldLabel": "CV", "fieldType": "file"}), "The field “CV” takes files"),
        (with_fields({"fieldLabel": "Note", "fieldType": "html"}), "The field “Note” shows markup"),
        (with_fields({"fieldLabel": "A", "placeholder": "={{ $now }}"}), "The placeholder of the field “A”"),
        (with_fields({"fieldLabel": "A", "fieldType": "checkbox", "limitSelection": "exact"}), "any number of choices"),
        ({**PAGE, "options": {"ignoreBots": True}}, "Bots are not kept out by name"),
        ({**PAGE, "options": {"customCss": "p {}"}}, "CSS was left out"),
    ],
)
def test_what_is_left_out_is_said(convert: Any, given: Any, warning: str) -> None:
    outcome = convert("formTrigger", given, 2.2)
    assert outcome.definition["nodes"][0]["type"] == "form"
    assert any(warning in text for text in outcome.report.to_data()["warnings"])


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({**PAGE, "authentication": "basicAuth"}, "authentication = basicAuth is not supported."),
        ({**PAGE, "options": {"ipWhitelist": "10.0.0.1"}}, "The option ipWhitelist is not supported."),
        ({**PAGE, "formTitle": "={{ $json.a }}"}, "formTitle is an expression, but the page of a form is made before "
         "anything can be evaluated."),
        (with_fields({"fieldLabel": "A", "fieldType": "video"}), "formFields[0].fieldType = video is not supported."),
        ({"path": "/ /"}, "The form has no path."),
    ],
)  # fmt: skip
def test_what_cannot_be_converted(parameters: Any, given: Any, reason: str) -> None:
    assert parameters("formTrigger", given, 2.2) == reason


def test_without_a_path_the_address_is_made_of_its_id(convert: Any) -> None:
    node = convert("formTrigger", {}, 2.2, webhookId="a b/c").definition["nodes"][0]
    assert node["parameters"]["path"] == "a-b-c"
    assert convert("formTrigger", {}, 2.2).definition["nodes"][0]["parameters"]["path"] == "n1"


def test_further_pages_of_a_form_stay_placeholders(parameters: Any) -> None:
    assert parameters("form", {"operation": "completion"}, 1) == "This node type is not supported yet."
