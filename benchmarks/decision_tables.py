"""How fast decision tables answer, beside GoRules Zen and a plain loop: ``python -m benchmarks.decision_tables``.

All take turns within one run; figures are medians of the turns, in microseconds a row. What an answer costs includes
checks of the inputs and the outputs as a dictionary. Before anything is measured, all must give the same answers. The
ratio of batches is to the faster of Zen's two ways.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from apps.decision_tables.engine.compiling import CompiledTable, compile_table
from apps.decision_tables.engine.reading import read_table
from apps.decision_tables.engine.results import Evaluation
from benchmarks.decision_tables_workload import Answers, Rows, Zen, document, naive, rows

RESULTS = Path(__file__).parent / "results"
SIZES = (3, 100, 1_000, 10_000)
ROWS = 1_000
LOOPED_RULES = 200_000
Contest = Mapping[str, tuple[Callable[[Rows], Answers], Rows]]


def measure(rules: int, turns: int) -> dict[str, Any]:
    """One line of the table."""
    table = document(rules)
    started = perf_counter()
    read = read_table(table)
    reading = perf_counter() - started
    compiled = compile_table(read)
    compiling = perf_counter() - started - reading
    contest = _contest(table, compiled)
    _compare(contest)
    times: dict[str, list[float]] = {name: [] for name in contest}
    for _ in range(turns):
        for name, (answer, inputs) in contest.items():
            started = perf_counter()
            answer(inputs)
            times[name].append((perf_counter() - started) / len(inputs) * 1e6)
    found = {name: round(median(taken), 2) for name, taken in times.items()}
    return {
        "rules": rules,
        **found,
        "single ratio": round(found["zen single"] / found["single"], 1),
        "batch ratio": round(min(found["zen batch"], found["zen single"]) / found["batch"], 1),
        "read ms": round(reading * 1e3, 1),
        "compile ms": round(compiling * 1e3, 1),
    }


def _contest(table: dict[str, Any], compiled: CompiledTable) -> Contest:
    zen, inputs = Zen(table), rows(ROWS)
    evaluate, evaluate_batch = compiled.evaluate, compiled.evaluate_batch

    def single(rows: Rows) -> Answers:
        return [evaluate(row).outputs for row in rows]

    def batch(rows: Rows) -> Answers:
        return [answer.outputs if isinstance(answer, Evaluation) else {} for answer in evaluate_batch(rows)]

    few = inputs[: max(20, min(ROWS, LOOPED_RULES // len(table["rules"])))]
    return {
        "single": (single, inputs),
        "zen single": (zen.single, inputs),
        "batch": (batch, inputs),
        "zen batch": (zen.batch, inputs),
        "loop": (naive(table), few),
    }


def _compare(contest: Contest) -> None:
    answer, inputs = contest["single"]
    ours = answer(inputs)
    for name, (other, few) in contest.items():
        assert other(few) == ours[: len(few)], f"{name} answers otherwise"


def table_of(lines: list[dict[str, Any]]) -> str:
    """The lines as Markdown."""
    names = list(lines[0])
    head = [" | ".join(names), " | ".join("---" for _ in names)]
    return "\n".join(
        f"| {line} |" for line in [*head, *(" | ".join(str(line[name]) for name in names) for line in lines)]
    )


def main() -> None:
    """Measure, print the table, keep it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer turns, no 10,000 rules")
    quick = parser.parse_args().quick
    print("Decision tables, µs a row")
    lines = [measure(size, 9 if quick else 41) for size in (SIZES[:-1] if quick else SIZES)]
    print(table_of(lines))
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"decision-tables-{stamp}.json").write_text(json.dumps({"rows": lines}, indent=1))


if __name__ == "__main__":
    main()
