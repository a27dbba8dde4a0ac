"""The answer to what was sent, for the page that follows."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

from django.conf import settings

from apps.pages.constants import ResponseMode
from apps.pages.contracts.forms import FormAnswer
from apps.pages.models import FormSubmission
from apps.pages.registry import form_owners
from exprsn.kernel.clock import monotonic, utc_now

THANKS = FormAnswer("thanks")
# One request waits only for a moment, and few do at once: threads are for those who are served. The page asks again.
HOLD_SECONDS = 1.5
MAX_HELD = 4
PAUSES = (0.02, 0.05, 0.1, 0.2)
_places = threading.BoundedSemaphore(MAX_HELD)


def answer_for(submission: FormSubmission, *, hold: bool = False) -> FormAnswer:
    """What there is to say by now; with ``hold`` after waiting a moment for more.

    After ``EXPRSN_FORM_WAIT_SECONDS`` nobody is kept waiting: what is not done by then ends in thanks.
    """
    form = submission.form
    if form.response_mode != ResponseMode.WHEN_FINISHED or not submission.reference:
        return THANKS
    answer = form_owners.get(form.owner_type).answer(submission.reference)
    if answer.kind != "pending":
        return answer
    if utc_now() - submission.received_at > timedelta(seconds=settings.EXPRSN_FORM_WAIT_SECONDS):
        return THANKS
    return _held(submission) if hold else answer


def _held(submission: FormSubmission) -> FormAnswer:
    pending = FormAnswer("pending")
    if not _places.acquire(blocking=False):
        return pending
    try:
        deadline = monotonic() + HOLD_SECONDS
        for attempt in range(int(HOLD_SECONDS / PAUSES[0])):
            time.sleep(PAUSES[min(attempt, len(PAUSES) - 1)])
            answer = form_owners.get(submission.form.owner_type).answer(submission.reference)
            if answer.kind != "pending" or monotonic() >= deadline:
                return answer
        return pending
    finally:
        _places.release()
