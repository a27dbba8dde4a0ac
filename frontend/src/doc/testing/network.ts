/** A network and a clock that do only what the test tells them, so that every run of a seed is the same. */
import type { Json } from "../json";
import type { Timers } from "../timers";
import type { Transport } from "../transport";
import type { ServerModel } from "./server";

export type Fate = "ok" | "lost_request" | "lost_answer";

interface Call {
  readonly run: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Lets everything that waits for nothing but promises go on. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export class Network {
  readonly calls: Call[] = [];
  /** The most calls that were under way at once. */
  most = 0;
  readonly transport: Transport;

  constructor(server: ServerModel) {
    this.transport = {
      submit: (batch) => {
        const sent = structuredClone(batch);
        return this.#call(() => server.submit(sent));
      },
      events: (after) => this.#call(() => server.after(after)),
      load: () =>
        this.#call(() => ({ seq: server.seq, epoch: server.epoch, state: structuredClone(server.state) as Json })),
    };
  }

  #call<Value>(run: () => Value): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.calls.push({ run, resolve: resolve as (value: unknown) => void, reject });
      this.most = Math.max(this.most, this.calls.length);
    });
  }

  async answer(fate: Fate): Promise<void> {
    const call = this.calls.shift();
    if (!call) return;
    if (fate === "lost_request") call.reject(new Error("No connection."));
    else {
      const value = call.run();
      if (fate === "ok") call.resolve(value);
      else call.reject(new Error("The answer was lost."));
    }
    await settle();
  }
}

export class ManualTimers implements Timers {
  #waiting: (() => void)[] = [];

  after(_: number, run: () => void): () => void {
    this.#waiting.push(run);
    return () => {
      this.#waiting = this.#waiting.filter((entry) => entry !== run);
    };
  }

  random(): number {
    return 0.5;
  }

  async fire(): Promise<void> {
    const due = this.#waiting;
    this.#waiting = [];
    for (const run of due) run();
    await settle();
  }
}
