"""The API against its own document: every operation with its examples, with edge values and with drawn input,
through the real WSGI application. What the document does not say must not happen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation.hypothesis.builder import HypothesisTestConfig, HypothesisTestMode, create_test
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.wsgi import application
from tests.contract.world import is_id, path_ids
from tests.people import Person

pytestmark = pytest.mark.django_db
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
PARTS = {
    "workflows": "/api/v1/workflows/",
    "executions": "/api/v1/executions/",
    "decision tables": "/api/v1/decision-tables/",
    "the rest": "",
}


@dataclass
class World:
    """The person who calls, what the addresses name, and how many calls there were."""

    person: Person
    ids: dict[str, str]
    calls: Iterator[int]

    def check(self, case: schemathesis.Case) -> None:
        """Call with ids of what is there (every fifth keeps the unknown id) and compare with the document.

        What the call did is taken back, so that the next one finds everything in its place.
        """
        for name, value in (case.path_parameters or {}).items():
            if is_id(value) and next(self.calls) % 5:
                case.path_parameters[name] = self.ids.get(name, value)
        before = transaction.savepoint()
        try:
            case.call_and_validate(checks=CHECKS, headers={"Authorization": f"Bearer {self.person.token}"})
        finally:
            transaction.savepoint_rollback(before)


@pytest.fixture(scope="module")
def document() -> schemathesis.BaseSchema:
    found = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(request=None, public=True))
    found.app = application
    return found


@pytest.fixture
def world(owner: Person) -> Iterator[World]:
    """Requests keep to the test's connection, as with Django's own test client."""
    made = World(owner, path_ids(owner), count())
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield made
    for signal in signals:
        signal.connect(close_old_connections)


def operations(document: schemathesis.BaseSchema, part: str) -> list[schemathesis.APIOperation]:
    """Those whose address begins as the part's; the last part has all that the others leave."""
    found = [result.ok() for result in document.get_all_operations()]
    of = {one.label: next(name for name, start in PARTS.items() if one.path.startswith(start)) for one in found}
    return [one for one in found if of[one.label] == part]


def compare(document: schemathesis.BaseSchema, part: str, world: World, subtests: pytest.Subtests, drawn: int) -> None:
    def call(case: schemathesis.Case) -> None:
        world.check(case)

    chosen = settings(max_examples=drawn, derandomize=True, deadline=None)
    how = HypothesisTestConfig(document.config, list(HypothesisTestMode), explicit_settings=chosen)
    for operation in operations(document, part):
        with subtests.test(operation.label):
            create_test(operation=operation, test_func=call, config=how)()


@pytest.mark.lengthy
@pytest.mark.parametrize("part", PARTS)
def test_the_api_does_what_its_document_says(
    document: schemathesis.BaseSchema, part: str, world: World, subtests: pytest.Subtests
) -> None:
    compare(document, part, world, subtests, 5)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("part", PARTS)
def test_at_length(document: schemathesis.BaseSchema, part: str, world: World, subtests: pytest.Subtests) -> None:
    compare(document, part, world, subtests, 300)
