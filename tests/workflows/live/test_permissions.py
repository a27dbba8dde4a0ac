"""Who may watch what: owner, mate, stranger; sessions, tokens, origins; and what ends while somebody watches."""

from __future__ import annotations

import pytest

from apps.accounts.models import ApiToken, Membership
from apps.core.live.hub import Hub
from apps.workflows.consumers import ExecutionsConsumer
from apps.workflows.models import Workflow
from exprsn.kernel.clock import utc_now
from tests.people import Person
from tests.workflows.live.conftest import HOST, ORIGIN, Watcher, session_headers, token_headers
from tests.workflows.live.runs import WrittenRun

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("kind", ["session", "token"])
async def test_owner_and_mate_may_watch(live: Hub, owner: Person, mate: Person, kind: str) -> None:
    run = WrittenRun(owner)
    for person in (owner, mate):
        watcher = Watcher(session_headers(person) if kind == "session" else token_headers(person.token))
        await watcher.connect()
        await watcher.send(type="subscribe", execution=run.id)
        assert (await watcher.until("state"))["seq"] == 1
        await watcher.close()


@pytest.mark.parametrize("subject", ["execution", "workflow"])
async def test_a_stranger_finds_nothing(live: Hub, owner: Person, stranger: Person, subject: str) -> None:
    run = WrittenRun(owner)
    watcher = await Watcher(token_headers(stranger.token)).connect()
    name = run.id if subject == "execution" else run.made["id"]
    await watcher.send(type="subscribe", **{subject: name})
    error = await watcher.until("error")
    assert (error["code"], error[subject]) == (f"{subject}_not_found", name)
    assert live.rooms == {}
    await watcher.close()


async def test_all_executions_are_those_one_may_see(live: Hub, owner: Person, editor: Person, stranger: Person) -> None:
    run = WrittenRun(owner)
    Workflow.plain.filter(id=run.made["id"]).update(scope="user")
    seen = {}
    for person in (owner, editor, stranger):
        watcher = await Watcher(token_headers(person.token)).connect()
        await watcher.send(type="subscribe", executions="all")
        seen[person.user.email] = len((await watcher.until("state"))["executions"])
        await watcher.close()
    assert seen == {"owner@example.com": 1, "editor@example.com": 0, "stranger@example.com": 0}


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ([HOST, ORIGIN], 4401),
        (token_headers("exprsn_wrong"), 4401),
        ([HOST, ORIGIN, (b"cookie", b"sessionid=x")], 4401),
    ],
)
async def test_nobody_is_told_so(live: Hub, db: None, headers: list[tuple[bytes, bytes]], code: int) -> None:
    watcher = await Watcher(headers).connect()
    assert (await watcher.next())["code"] in {"not_authenticated", "token_invalid"}
    assert await watcher.close_code() == code


@pytest.mark.parametrize("origin", [b"https://evil.example", b"null", b"http://testserver.evil.example", b""])
async def test_pages_of_other_origins_are_refused(live: Hub, owner: Person, origin: bytes) -> None:
    headers = [pair for pair in session_headers(owner) if pair[0] != b"origin"]
    watcher = Watcher([*headers, (b"origin", origin)] if origin else headers)
    assert await watcher.socket.connect() == (False, 4403)


async def test_a_trusted_origin_is_let_in(live: Hub, owner: Person, settings: object) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://exprsn.example"]  # type: ignore[attr-defined]
    headers = [pair for pair in session_headers(owner) if pair[0] != b"origin"]
    watcher = await Watcher([*headers, (b"origin", b"https://exprsn.example")]).connect()
    assert (await watcher.next())["type"] == "welcome"
    await watcher.close()


async def test_no_socket_lives_elsewhere(live: Hub, owner: Person) -> None:
    assert await Watcher(session_headers(owner), "/ws/nothing/").socket.connect() == (False, 4404)


@pytest.fixture
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ExecutionsConsumer, "recheck_seconds", 0.2)


@pytest.mark.usefixtures("_often")
@pytest.mark.parametrize(("field", "code"), [("expires_at", "token_expired"), ("revoked_at", "token_revoked")])
async def test_a_token_that_ends_ends_the_watching(live: Hub, owner: Person, field: str, code: str) -> None:
    run = WrittenRun(owner)
    watcher = await Watcher(token_headers(owner.token)).connect()
    await watcher.send(type="subscribe", execution=run.id)
    await watcher.until("state")
    ApiToken.plain.update(**{field: utc_now()})
    assert (await watcher.until("error"))["code"] == code
    assert await watcher.close_code() == 4401
    assert live.rooms == {}


@pytest.mark.usefixtures("_often")
async def test_who_leaves_the_organization_sees_no_more(live: Hub, owner: Person, mate: Person) -> None:
    run = WrittenRun(owner)
    watcher = await Watcher(session_headers(mate)).connect()
    await watcher.send(type="subscribe", execution=run.id)
    await watcher.until("state")
    Membership.objects.filter(user=mate.user, organization=owner.organization).delete()
    assert (await watcher.until("error"))["code"] == "execution_not_found"
    run.step()
    assert live.rooms == {}
    await watcher.close()
