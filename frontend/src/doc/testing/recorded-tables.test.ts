/**
 * Edits of tables that the server has carried out, with what each replaced and what the table was afterwards: here they
 * come to the same. The file is written by tests/decision_tables/client/test_client_agrees.py, which runs this.
 */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { tableResource, tableState, type Json, type TableState } from "..";

interface Step {
  readonly type: string;
  readonly path: readonly string[];
  readonly new: Json;
  readonly old: Json;
  readonly state: Json;
}

interface Log {
  readonly first: Json;
  readonly steps: readonly Step[];
}

const path = process.env["EXPRSN_RECORDED_TABLES"];

it.skipIf(!path)("every edit of the server amounts to the same table here, and replaces the same", () => {
  const logs = JSON.parse(readFileSync(path ?? "", "utf8")) as readonly Log[];
  expect(logs.length).toBeGreaterThan(0);
  for (const { first, steps } of logs) {
    let state: TableState = tableState(first);
    for (const { state: expected, old, ...step } of steps) {
      expect({ step, old: tableResource.old(state, step) }).toEqual({ step, old });
      state = tableResource.apply(state, step);
      expect({ step, state }).toEqual({ step, state: tableState(expected) });
    }
  }
});
