"""Statuses look the same in templates and in islands: two tables that must say the same."""

from __future__ import annotations

import re

from django.conf import settings

from apps.core.templatetags import statuses

LOOKS = settings.BASE_DIR / "frontend" / "src" / "ui" / "looks.ts"
LINE = re.compile(r'^  (\w+): \{ css: "([^"]*)", icon: (\w+), label: \(\) => _\("([^"]+)"\) \},$', re.MULTILINE)


def test_islands_and_templates_show_a_status_alike() -> None:
    islands = {name: (css, _kebab(icon), label) for name, css, icon, label in LINE.findall(LOOKS.read_text())}
    templates = {name: (look.css, look.icon, str(look.label)) for name, look in statuses._LOOKS.items()}
    assert islands == templates


def _kebab(name: str) -> str:
    """``CircleAlert`` is Lucide's ``circle-alert``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()
