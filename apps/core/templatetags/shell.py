"""Tags of the shell: icons, status pills, moments, avatars, islands. Their use: docs/design-system.md."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any
from zlib import crc32

from django import template
from django.conf import settings
from django.utils import formats, timezone
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from apps.core.templatetags.statuses import look_of
from apps.core.web.toasts import undo_url_of

register = template.Library()
TONES = 5


@lru_cache(maxsize=256)
def _svg(name: str) -> str:
    path = settings.BASE_DIR / "static" / "dist" / "icons" / f"{name}.svg"
    if not name.replace("-", "").isalnum() or not path.exists():
        return ""
    text = path.read_text()
    return text[text.index("<svg") :]


@register.simple_tag
def icon(name: str, size: int = 16) -> SafeString:
    """An icon as inline SVG, hidden from screen readers: the words beside it say the same."""
    svg = _svg(name).replace('width="24"', f'width="{size}"').replace('height="24"', f'height="{size}"')
    return mark_safe(svg.replace("<svg", '<svg aria-hidden="true" focusable="false"', 1))  # noqa: S308 - our files


@register.simple_tag
def icon_sprite(names: Iterable[str]) -> SafeString:
    """Icons for scripts to use by name: ``<svg><use href="#icon-globe"></svg>``."""
    return mark_safe(f'<svg hidden aria-hidden="true">{"".join(map(_symbol, names))}</svg>')  # noqa: S308 - our files


@lru_cache(maxsize=256)
def _symbol(name: str) -> str:
    inner = _svg(name).replace("<svg", f'<symbol id="icon-{name}"', 1).replace("</svg>", "</symbol>")
    return inner.replace('width="24"', "").replace('height="24"', "")


@register.simple_tag
def pill(status: str, label: Any = "") -> SafeString:
    """A status with its look, its sign and its word."""
    look = look_of(status)
    return format_html(
        '<span class="pill {}">{}{}</span>', look.css, icon(look.icon, 12), label or look.label or status
    )


@register.simple_tag
def moment(value: datetime | None, missing: str = "–") -> SafeString:
    """A moment as people say it ("3 minutes ago"), in full without scripts and to the pointer."""
    if value is None:
        return format_html('<span class="muted">{}</span>', missing)
    full = formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    return format_html('<time datetime="{}" title="{}" data-relative>{}</time>', value.isoformat(), full, full)


@register.simple_tag
def avatar(name: str) -> SafeString:
    """A person's initials on a tone that is always the same for the name; the name is for screen readers."""
    words = [word for word in name.split("@")[0].replace(".", " ").replace("_", " ").split() if word]
    initials = (words[0][0] + words[-1][0] if len(words) > 1 else (words or ["?"])[0][:2]).upper()
    tone = crc32(name.encode()) % TONES
    return format_html('<span class="avatar tone-{}" role="img" aria-label="{}">{}</span>', tone, name, initials)


@register.simple_tag
def island(name: str, props: dict[str, Any], element_id: str) -> SafeString:
    """The place of an island with its properties; ``element_id`` is unique on the page."""
    return format_html(
        '{}<div data-island="{}" data-props="{}"><noscript><p class="muted">{}</p></noscript></div>',
        json_script(props, element_id), name, element_id, _("This part of the page needs JavaScript."),
    )  # fmt: skip


@register.filter
def undo_url(message: Any) -> str:
    """Where a message's "Undo" posts to; empty when it cannot be taken back."""
    return undo_url_of(message.extra_tags)


@register.filter
def milliseconds(value: float | None) -> str:
    """A duration for people."""
    if value is None:
        return "–"
    if value < 1000:
        return _short(value)
    minutes, seconds = divmod(round(value / 1000), 60)
    if minutes == 0:
        return f"{value / 1000:.1f} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {seconds} s"


def _short(value: float) -> str:
    if value >= 10 or value == 0:
        return f"{value:.0f} ms"
    return f"{value:.1f} ms" if value >= 0.05 else "< 0.1 ms"
