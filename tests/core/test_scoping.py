from __future__ import annotations

import pytest
from django.contrib.admin.sites import AdminSite
from django.test import RequestFactory

from apps.accounts.models import AuditEvent
from apps.core.admin import OrganizationAdmin
from apps.core.models import ScopeMissing, organization_scope
from tests.people import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(owner: Person, stranger: Person) -> tuple[AuditEvent, AuditEvent]:
    """One row of each organization."""
    for person in (owner, stranger):  # what making them has logged goes with its organization only
        assert not AuditEvent.plain.filter(organization=person.organization).exists()
    made = [
        AuditEvent.plain.create(organization=person.organization, verb="test", object_type="thing")
        for person in (owner, stranger)
    ]
    return made[0], made[1]


@pytest.mark.parametrize("use", ["all", "count", "first", "exists", "create"])
def test_without_a_scope_every_use_raises(use: str) -> None:
    with pytest.raises(ScopeMissing, match=r"AuditEvent\.objects needs for_organization"):
        getattr(AuditEvent.objects, use)()


def test_rows_of_one_organization(owner: Person, rows: tuple[AuditEvent, AuditEvent]) -> None:
    mine = AuditEvent.objects.for_organization(owner.organization)
    assert list(mine) == list(AuditEvent.objects.for_organization(owner.organization.id)) == [rows[0]]


def test_a_scope_holds_within_its_block(owner: Person, stranger: Person, rows: tuple[AuditEvent, AuditEvent]) -> None:
    with organization_scope(owner.organization):
        assert AuditEvent.objects.get() == rows[0]
        with organization_scope(stranger.organization.id):
            assert AuditEvent.objects.get() == rows[1]
        assert not AuditEvent.objects.filter(id=rows[1].id).exists()
    with pytest.raises(ScopeMissing):
        AuditEvent.objects.all()


def test_the_system_sees_all_and_says_why(
    rows: tuple[AuditEvent, AuditEvent], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "apps.core.models.scoping")
    assert set(AuditEvent.objects.for_system(reason="a test")) == set(rows)
    assert "unscoped_query" in caplog.text
    with pytest.raises(ScopeMissing, match="needs a reason"):
        AuditEvent.objects.for_system(reason="")


def test_cascades_and_the_admin_use_the_plain_manager(owner: Person, rows: tuple[AuditEvent, AuditEvent]) -> None:
    assert AuditEvent._base_manager is AuditEvent._meta.base_manager
    seen = OrganizationAdmin(AuditEvent, AdminSite()).get_queryset(RequestFactory().get("/"))
    assert set(seen) == set(rows)
    owner.organization.delete()
    assert AuditEvent.plain.get() == rows[1]
