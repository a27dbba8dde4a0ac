"""Running the compatibility kit: each case by itself, so that a broken one fails alone.

A folder with test files is one directory of the kit; its models are read together, because they may import each
other.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from apps.decision_tables.engine.dmn.evaluation import DmnModel
from apps.decision_tables.engine.dmn.model import Definitions
from apps.decision_tables.engine.feel.limits import FeelLimit
from apps.decision_tables.engine.feel.values import Value
from apps.decision_tables.interchange.dmn.reading import read_definitions
from apps.decision_tables.interchange.tck.cases import ExpectedResult, TestCase, TestFile, read_test_file
from apps.decision_tables.interchange.tck.comparing import agrees
from exprsn.kernel.errors import DomainError

CASE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What became of one case; ``reason`` says why it failed."""

    directory: str
    case: str
    passed: bool
    reason: str = ""


class CaseTimeout(Exception):
    """A case took longer than its time."""


def run_kit(root: Path) -> Iterator[CaseResult]:
    """Run every test file under a folder: the whole kit, one level of it or one directory."""
    for directory in sorted({file.parent for file in root.rglob("*.xml") if _is_test_file(file)}):
        yield from run_directory(directory)


def run_directory(directory: Path) -> Iterator[CaseResult]:
    """Run the test files of one directory."""
    models = _Models(directory)
    for file in sorted(path for path in directory.glob("*.xml") if _is_test_file(path)):
        yield from _run_file(directory.name, file, models)


def _is_test_file(path: Path) -> bool:
    with path.open("rb") as opened:
        return b"testCases" in opened.read(4096)


class _Models:
    """The models of one directory, each read once."""

    def __init__(self, directory: Path) -> None:
        self._read: dict[str, Definitions | str] = {}
        for path in sorted(directory.glob("*.dmn")):
            try:
                self._read[path.name] = read_definitions(path.read_bytes())
            except DomainError as error:
                self._read[path.name] = error.message
        self._compiled: dict[str, DmnModel] = {}

    def of(self, name: str) -> DmnModel:
        """Return the model of a file name; raises ``LookupError`` with the reason when there is none."""
        found = self._read.get(name) or self._read.get(f"{name}.dmn") or f"There is no model {name}."
        if isinstance(found, str):
            raise LookupError(found)
        if name not in self._compiled:
            self._compiled[name] = DmnModel(found, self._others(found))
        return self._compiled[name]

    def _others(self, own: Definitions) -> Mapping[str, Definitions]:
        read = [item for item in self._read.values() if not isinstance(item, str) and item is not own]
        return {item.namespace: item for item in read}


def _run_file(directory: str, file: Path, models: _Models) -> Iterator[CaseResult]:
    try:
        tests = read_test_file(file.read_bytes())
    except (DomainError, KeyError) as error:
        yield CaseResult(directory, file.name, False, str(error))
        return
    for case in tests.cases:
        reason = _failure(case, tests, models)
        yield CaseResult(directory, f"{file.stem}/{case.id}", not reason, reason)


def _failure(case: TestCase, tests: TestFile, models: _Models) -> str:
    try:
        model = models.of(tests.model)
        with _time_limit(CASE_SECONDS):
            found = (_difference(model, case, expected) for expected in case.results)
            return "; ".join(reason for reason in found if reason)
    except CaseTimeout:
        return f"took longer than {CASE_SECONDS:g} s"
    except Exception as error:  # noqa: BLE001 - a broken case fails alone, whatever it broke
        return f"{type(error).__name__}: {error}"


def _difference(model: DmnModel, case: TestCase, expected: ExpectedResult) -> str:
    try:
        actual = _evaluated(model, case, expected)
    except (DomainError, FeelLimit) as error:
        return "" if expected.error else f"{expected.name}: expected {expected.value!r}, got the error {error}"
    if agrees(expected.value, actual) or (expected.error and actual is None):
        return ""
    return f"{expected.name}: expected {expected.value!r}, got {actual!r}"


def _evaluated(model: DmnModel, case: TestCase, expected: ExpectedResult) -> Value:
    if case.kind in ("decisionService", "bkm"):
        answer = model.invoke(case.invocable or expected.name, case.inputs)
        if isinstance(answer, dict) and model.has_many_outputs(case.invocable):
            return answer.get(expected.name, answer)
        return answer
    return model.decide(expected.name, case.inputs)


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield  # signals reach the main thread only; the work limit of FEEL holds everywhere
        return
    before = signal.signal(signal.SIGALRM, _stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise CaseTimeout
