"""The arguments of ``toLocaleString`` and its relatives."""

from __future__ import annotations

from typing import Any

from exprsn.kernel.expressions.coercion import to_text
from exprsn.kernel.expressions.dates.locale_formats import LOCALES
from exprsn.kernel.expressions.errors import ExpressionError
from exprsn.kernel.expressions.run import Run
from exprsn.kernel.expressions.values import is_nothing

_PLAIN = {"en": "en-US", "sv": "sv-SE", "de": "de-DE", "fr": "fr-FR"}


def chosen_options(options: Any) -> dict[str, Any]:
    """The options that are set."""
    return (
        {name: value for name, value in options.items() if not is_nothing(value)} if isinstance(options, dict) else {}
    )


def chosen_locale(run: Run, locale: Any) -> str:
    """One of the locales that dates can be written in. Raises for others."""
    first = locale[0] if isinstance(locale, list) and locale else locale
    if is_nothing(first) or isinstance(first, list):
        return "en-US"
    name = to_text(first, run)
    name = _PLAIN.get(name, name)
    if name not in LOCALES:
        raise ExpressionError(
            f"Dates cannot be written in “{name[:20]}”; use toFormat() or one of {', '.join(LOCALES)}."
        )
    return name
