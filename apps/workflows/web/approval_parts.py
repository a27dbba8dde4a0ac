"""An approval as pages show it: whom it asks, what it says, the data, the form."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from apps.accounts.contracts import Actor
from apps.accounts.public import Role
from apps.pages.contracts.fields import read_fields
from apps.pages.public import answers_from, shown_fields
from apps.workflows.access import may_decide
from apps.workflows.constants import ApprovalStatus
from apps.workflows.models import Approval
from exprsn.kernel.errors import InvalidInput

MAX_COLUMNS = 8
MAX_ROWS = 50
MAX_CELL = 200


def asked(
    approval: Approval, actor: Actor, posted: QueryDict | None = None, error: InvalidInput | None = None
) -> dict[str, Any]:
    """Everything that the page of one approval shows, with what was sent and what is wrong with it."""
    declared = read_fields(approval.fields)
    answers = {field.name: field.default for field in declared} if posted is None else answers_from(declared, posted)
    fields = shown_fields(declared, answers, error.errors if error else {})
    labels = {field.name: field.label for field in declared}
    return {
        "approval": approval,
        "people": people_of(approval),
        "description": _html(approval.description),
        "table": _table(approval.value),
        "fields": fields,
        "visible": [field for field in fields if field["field"].type != "hidden"],
        "faults": [field for field in fields if field["errors"]],
        "problem": error.message if error and not any(field["errors"] for field in fields) else "",
        "comment": posted.get("comment", "") if posted is not None else "",
        "can_decide": approval.status == ApprovalStatus.PENDING and may_decide(actor, approval),
        "answers": [(labels.get(name, name), _cell(value)) for name, value in approval.answers.items()],
        "viewer": actor.label,
    }


def people_of(approval: Approval) -> list[str]:
    """Whom an approval asks, as words: e-mail addresses and names of roles; nobody for everybody."""
    return [one.user.email if one.user is not None else str(Role(one.role).label) for one in approval.assignees.all()]


def _html(description: str) -> SafeString:
    text: str = _markdown().render(description)
    return mark_safe(text)  # noqa: S308 - without HTML of its own and without images


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable("table").disable("image")


def _table(items: Any) -> dict[str, Any]:
    rows = [item for item in items if isinstance(item, dict)][:MAX_ROWS]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    shown = columns[:MAX_COLUMNS]
    return {
        "columns": shown,
        "rows": [[(name, _cell(row.get(name))) for name in shown] for row in rows],
        "more_columns": len(columns) - len(shown),
    }


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= MAX_CELL else text[:MAX_CELL] + "…"
