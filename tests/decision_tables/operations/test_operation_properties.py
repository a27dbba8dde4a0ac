"""Random edits: what is accepted leaves a table that reads, and every edit can be taken back."""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.collaboration.contracts import OperationError
from apps.collaboration.engine.applying import fold
from apps.decision_tables.engine.operations.types import TABLE_OPERATIONS
from apps.decision_tables.engine.reading import read_table
from tests.decision_tables.operations.tables import PRICING, Edit, applied, plain, random_edit, undone


@given(seed=st.integers(0, 2**32), count=st.integers(5, 40))
@settings(max_examples=80, deadline=None)
def test_edits_and_their_inverses(seed: int, count: int) -> None:
    pick, state = Random(seed), PRICING
    done: list[tuple[Edit, Any, dict[str, Any]]] = []
    for _ in range(count):
        edit = random_edit(pick, state)
        before = deepcopy(state)
        try:
            after, olds = applied(state, edit)
        except OperationError as error:
            assert error.code and error.errors
        else:
            read_table(after)
            assert fold(TABLE_OPERATIONS, state, [edit]) == after
            done.append((edit, olds[0], state))
            assert state == before
            state = after
    for edit, old, before in reversed(done):
        state = undone(state, edit, old)
        assert plain(state) == plain(before)
