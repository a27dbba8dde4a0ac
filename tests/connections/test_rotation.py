"""``manage.py rotate_keys``: everything ends up under the newest key, and nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command

from apps.accounts.models import AuditEvent
from apps.accounts.public import audit
from apps.connections.models import Credential
from apps.connections.public import credential_for_use
from apps.connections.services.credentials import create_credential
from apps.connections.services.keys import key_ring
from exprsn.kernel.errors import Unavailable
from tests.people import Person

pytestmark = pytest.mark.django_db
OLD, NEW, OTHER = (f"{name}:{Fernet.generate_key().decode()}" for name in ("k1", "k2", "k3"))
UseKeys = Callable[..., None]


@pytest.fixture
def use_keys(settings: Any) -> Iterator[UseKeys]:
    """Configure these keys, the newest first."""

    def use(*keys: str) -> None:
        settings.EXPRSN_ENCRYPTION_KEYS = list(keys)
        key_ring.cache_clear()

    yield use
    key_ring.cache_clear()


def store(person: Person, *names: str) -> list[UUID]:
    """Credentials whose token is their name."""
    made = [create_credential(actor=person.actor, name=n, kind="bearer", fields={"token": n}) for n in names]
    return [credential.id for credential in made]


def opened(person: Person) -> dict[str, str]:
    """What every credential says, by its name."""
    rows = Credential.plain.filter(organization=person.organization)
    return {row.name: credential_for_use(person.organization.id, str(row.id)).fields["token"] for row in rows}


def rotate(*arguments: str) -> list[str]:
    """The lines that the command writes."""
    out = StringIO()
    call_command("rotate_keys", *arguments, stdout=out)
    return out.getvalue().splitlines()


@pytest.mark.parametrize("batch", ["1", "2", "200"])
def test_everything_ends_up_under_the_newest_key(
    owner: Person, stranger: Person, use_keys: UseKeys, batch: str
) -> None:
    use_keys(OLD)
    store(owner, "a", "b")
    store(stranger, "c")
    times = dict(Credential.plain.values_list("name", "updated_at"))
    use_keys(NEW, OLD)
    store(owner, "d")
    assert rotate("--batch", batch) == ["Encrypted anew: 3", "k2: 4 (newest)", "k1: 0 (no longer needed)"]
    use_keys(NEW)
    assert (opened(owner), opened(stranger)) == ({"a": "a", "b": "b", "d": "d"}, {"c": "c"})
    assert dict(Credential.plain.exclude(name="d").values_list("name", "updated_at")) == times
    assert rotate() == ["Encrypted anew: 0", "k2: 4 (newest)"]


def test_rotation_is_in_the_log_of_each_organization(owner: Person, stranger: Person, use_keys: UseKeys) -> None:
    use_keys(OLD)
    store(owner, "a")
    store(stranger, "b")
    use_keys(NEW, OLD)
    rotate()
    rows = AuditEvent.plain.filter(verb="credential.reencrypted").order_by("object_name")
    told = [(row.organization_id, row.actor_kind, row.actor_label, row.object_name, row.changes) for row in rows]
    assert told == [
        (owner.organization.id, "system", "rotate_keys", "a", {"key": ["k1", "k2"]}),
        (stranger.organization.id, "system", "rotate_keys", "b", {"key": ["k1", "k2"]}),
    ]


def test_check_counts_and_changes_nothing(owner: Person, use_keys: UseKeys) -> None:
    use_keys(OLD)
    store(owner, "a", "b")
    use_keys(NEW, OLD)
    store(owner, "c")
    before = list(Credential.plain.order_by("id").values_list("key_id", "payload"))
    assert rotate("--check") == ["k2: 1 (newest)", "k1: 2"]
    assert list(Credential.plain.order_by("id").values_list("key_id", "payload")) == before


@pytest.mark.parametrize("arguments", [("--check",), ()])
def test_what_cannot_be_decrypted_is_named_and_left_alone(
    owner: Person, use_keys: UseKeys, arguments: tuple[str, ...]
) -> None:
    use_keys(OTHER)
    (lost,) = store(owner, "lost")
    use_keys(OLD)
    _, torn = store(owner, "a", "torn")
    first, second = sorted((lost, torn))
    Credential.plain.filter(id=torn).update(payload=b"torn")
    use_keys(NEW, OLD)
    out = StringIO()
    with pytest.raises(CommandError, match=f"^2 cannot be decrypted .*: {first}, {second}. Add") as caught:
        call_command("rotate_keys", *arguments, stdout=out)
    assert caught.value.returncode == 1
    assert "k3: 1 (not configured)" in out.getvalue()
    assert Credential.plain.get(id=torn).payload == b"torn"
    use_keys(OTHER)
    assert credential_for_use(owner.organization.id, str(lost)).fields == {"token": "lost"}


def test_a_changed_key_of_the_same_id_is_noticed(owner: Person, use_keys: UseKeys) -> None:
    use_keys(OLD)
    store(owner, "a")
    use_keys(f"k1:{Fernet.generate_key().decode()}")
    with pytest.raises(CommandError, match=r"^1 cannot be decrypted"):
        rotate()


def test_what_was_cut_short_goes_on(owner: Person, use_keys: UseKeys, monkeypatch: pytest.MonkeyPatch) -> None:
    use_keys(OLD)
    store(owner, "a", "b", "c", "d", "e")
    use_keys(NEW, OLD)
    calls = iter(range(100))

    def cut(*arguments: object) -> None:
        if next(calls) == 3:
            raise KeyboardInterrupt
        audit(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("apps.connections.services.rotation.audit", cut)
    with pytest.raises(KeyboardInterrupt):
        rotate("--batch", "2")
    assert list(Credential.plain.order_by("id").values_list("key_id", flat=True)) == ["k2", "k2", "k1", "k1", "k1"]
    monkeypatch.undo()
    assert rotate("--batch", "2") == ["Encrypted anew: 3", "k2: 5 (newest)", "k1: 0 (no longer needed)"]
    assert opened(owner) == {name: name for name in "abcde"}
    assert AuditEvent.plain.filter(verb="credential.reencrypted").count() == 5


def test_without_the_former_key_nothing_opens(owner: Person, use_keys: UseKeys) -> None:
    use_keys(OLD)
    store(owner, "a")
    use_keys(NEW)
    with pytest.raises(Unavailable):
        opened(owner)


def test_a_batch_of_none_is_refused(use_keys: UseKeys) -> None:
    with pytest.raises(CommandError, match="1 or more"):
        rotate("--batch", "0")
