"""Old submissions are forgotten as the organization says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from apps.core.public import lock
from apps.pages.models import Form, FormSubmission
from apps.pages.services.retention import forget_old_submissions
from exprsn.kernel.clock import utc_now
from exprsn.kernel.ids import first_id_at
from tests.pages.contact import open_contact, send
from tests.people import Person

pytestmark = pytest.mark.django_db(transaction=True)


def old_and_new() -> None:
    send()
    row = FormSubmission.plain.get()
    moment = utc_now() - timedelta(days=40)
    FormSubmission.plain.create(
        id=first_id_at(moment), form=row.form, organization_id=row.organization_id, received_at=moment, data={}
    )


@pytest.mark.parametrize(("own", "installation", "left"), [(None, 30, 1), (30, 0, 1), (0, 30, 2), (None, 0, 2)])
def test_submissions_are_kept_as_long_as_they_are_to(
    owner: Person, settings: Any, own: int | None, installation: int, left: int
) -> None:
    open_contact(owner)
    old_and_new()
    settings.EXPRSN_RETENTION_DAYS = installation
    owner.organization.retention_days = own
    owner.organization.save()
    assert forget_old_submissions() == 2 - left
    assert (FormSubmission.plain.count(), Form.plain.count()) == (left, 1)


def test_one_round_at_a_time(owner: Person, settings: Any) -> None:
    open_contact(owner)
    old_and_new()
    settings.EXPRSN_RETENTION_DAYS = 30
    with lock("pages.retention", ttl=30):
        assert forget_old_submissions() == 0
    assert FormSubmission.plain.count() == 2
