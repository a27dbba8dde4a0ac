"""The words of the islands in a language, as a script that puts ``django.gettext`` into the page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page
from django.views.i18n import JavaScriptCatalog

# Between two looks the browser asks nothing; then an unchanged catalogue costs no more than its digest.
_KEEP_SECONDS = 3600


@method_decorator([cache_control(public=True, max_age=_KEEP_SECONDS), conditional_page], name="dispatch")
class WordsView(JavaScriptCatalog):
    """``/words/<language>.js``: our own texts in a language; 404 for one that Django does not know.

    The language is in the address and not negotiated, so every cache may keep the answer.
    """

    def get(self, request: HttpRequest, *args: Any, language: str, **kwargs: Any) -> HttpResponse:
        try:
            known = translation.get_supported_language_variant(language)
        except LookupError as unknown:
            raise Http404 from unknown
        with translation.override(known):
            answer: HttpResponse = super().get(request, *args, packages="exprsn", **kwargs)
            return answer

    def get_paths(self, packages: list[str]) -> list[str]:
        """The project's own folders alone: the administration's texts are not for islands."""
        return [str(path) for path in settings.LOCALE_PATHS]
