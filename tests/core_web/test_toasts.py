from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.template.loader import render_to_string
from django.test import RequestFactory

from apps.core.templatetags.shell import undo_url
from apps.core.web.toasts import toast_with_undo, undo_url_of


def test_an_undo_travels_with_the_message() -> None:
    request = RequestFactory().get("/")
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    toast_with_undo(request, "Moved to the trash.", "/workflows/x/restore/")
    (message,) = get_messages(request)
    assert (str(message), message.level_tag) == ("Moved to the trash.", "success")
    assert undo_url(message) == "/workflows/x/restore/"


@pytest.mark.parametrize("tags", [None, "", "something else"])
def test_other_messages_have_no_undo(tags: str | None) -> None:
    assert undo_url_of(tags) == ""


def test_the_button_posts_to_the_undo() -> None:
    html = render_to_string("components/toast.html", {"kind": "success", "text": "<Gone>", "undo": "/undo/"})
    assert '<form method="post" action="/undo/">' in html
    assert "&lt;Gone&gt;" in html
