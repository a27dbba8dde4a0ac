from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from celery import shared_task
from django.db import transaction
from kombu.exceptions import OperationalError

from apps.core.public import enqueue
from apps.core.services import enqueue as enqueue_module
from apps.core.tasks import forget_expired_task

RUN: list[str] = []


@shared_task(name="test.note")
def note(text: str) -> None:
    RUN.append(text)


@pytest.mark.django_db(transaction=True)
def test_a_task_is_sent_after_the_commit_and_not_after_a_rollback() -> None:
    RUN.clear()
    with transaction.atomic():
        enqueue("test.note", "kept")
        assert RUN == []
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue("test.note", "lost")
        raise ZeroDivisionError
    assert RUN == ["kept"]


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_is_logged_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Away:
        def signature(self, *arguments: Any, **options: Any) -> Any:
            raise OperationalError("refused")

    monkeypatch.setattr(enqueue_module, "current_app", Away())
    enqueue("test.note", "x")
    assert "hint_not_sent" in caplog.text


@pytest.mark.django_db
def test_old_rows_are_swept(django_assert_max_num_queries: Callable[[int], Any]) -> None:
    with django_assert_max_num_queries(5):
        forget_expired_task()
