/**
 * Logs that the real server has written, with what each document was after each answer: read here, they come to the
 * same. The file is written by tests/collaboration/test_client_agrees.py, which runs this; alone there is none to read.
 */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { DocumentStore, workflowResource, workflowState, type DocumentEvent, type Json } from "..";

interface Recorded {
  readonly events: readonly DocumentEvent[];
  /** By number of the log; 0 is the beginning. */
  readonly states: Readonly<Record<string, Json>>;
}

const path = process.env["EXPRSN_RECORDED_LOGS"];

it.skipIf(!path)("every log of the server amounts to the same document here", () => {
  const logs = JSON.parse(readFileSync(path ?? "", "utf8")) as readonly Recorded[];
  expect(logs.length).toBeGreaterThan(0);
  for (const { events, states } of logs) {
    const store = new DocumentStore(workflowResource, { seq: 0, epoch: 1, state: workflowState(states["0"] ?? null) });
    for (const event of events) {
      expect(store.receive([event])).toBe(true);
      const state = states[String(event.seq)];
      if (state !== undefined) expect(store.confirmed.state, JSON.stringify(events.slice(0, event.seq))).toEqual(workflowState(state));
    }
    expect(store.confirmed.seq).toBe(events.length);
  }
});
