/** Follows one execution until it is over: by the live socket, and by asking while there is none. */
import { LiveSocket, type Frame } from "../../shell/socket";
import { nextPause } from "../../shell/pauses";
import type { WorkflowWatch } from "./watch";
import { isFinal, newRun, withEvents, withNow, withRows, withStatus, type RunState } from "./run-state";
import { readExecution, readNodes, type ExecutionFull, type NodeRowFull } from "./server";

export interface Follower {
  /** Told of every change; several of one moment are one. */
  changed(run: RunState): void;
  facts(execution: ExecutionFull): void;
  data(rows: readonly NodeRowFull[]): void;
  logged(): void;
  failed(error: unknown): void;
}

const FIRST_PAUSE_MS = 700;
/** For the socket to connect before anything is asked. */
const PATIENCE_MS = 1_500;
/** After so long without a word it is asked how the run stands: what stands still or waits says nothing. */
const QUIET_MS = 5_000;
/** What a step waits for is written a moment after it was told that it waits. */
const SOON_MS = 300;

export class ExecutionFollower {
  #run: RunState;
  #socket: LiveSocket | null = null;
  #watch: WorkflowWatch | null = null;
  #over = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pause = FIRST_PAUSE_MS;
  #connected = false;
  /** The next question is about the steps too. */
  #isWhole = false;
  #stopped = false;
  #told: number | undefined;

  constructor(
    readonly execution: string,
    readonly follower: Follower,
    status = "queued",
  ) {
    this.#run = newRun(execution, status);
  }

  /** `watch`: it was started a moment ago and watched from before, so there is nothing to read yet. */
  start(watch: WorkflowWatch | null): void {
    this.#watch = watch;
    watch?.follow(this.execution, (frame) => this.#take(frame));
    if (watch) this.#listen();
    else void this.#read().then((over) => over || this.#listen());
  }

  stop(): void {
    this.#stopped = true;
    this.#watch?.stop();
    this.#socket?.stop();
    clearTimeout(this.#timer);
    if (this.#told !== undefined) cancelAnimationFrame(this.#told);
  }

  /** Somebody has changed the run: how it stands now. */
  look(): void {
    if (!this.#over && !this.#stopped) this.#plan(0, true);
  }

  #listen(): void {
    if (this.#stopped || this.#over) return;
    this.#socket = new LiveSocket(
      { execution: this.execution },
      { changed: (frame) => this.#take(frame), connected: (is) => this.#isConnected(is) },
    );
    this.#socket.start();
    this.#plan(PATIENCE_MS);
  }

  #isConnected(is: boolean): void {
    this.#connected = is;
    if (!is && !this.#stopped && !this.#over) this.#plan(FIRST_PAUSE_MS);
  }

  #take(frame: Frame): void {
    if (this.#over) return;
    if (frame.type === "now") this.#set(withNow(this.#run, frame.node));
    else if (frame.type === "events") {
      const events = frame.events ?? [];
      this.#set(withEvents(this.#run, events));
      const waits = events.some(({ type }) => type === "node_execution_started");
      this.#plan(waits ? SOON_MS : QUIET_MS, waits);
      if (events.some(({ type }) => type === "execution_log")) this.follower.logged();
      if (isFinal(this.#run.status)) this.#end();
    } else if (frame.type === "gone") this.#end();
  }

  #end(): void {
    this.#leave();
    void this.#read();
  }

  /** Nothing more will happen; what was read last is still told. */
  #leave(): void {
    this.#over = true;
    this.#watch?.stop();
    this.#socket?.stop();
    clearTimeout(this.#timer);
  }

  /** The whole of it from the API; true when it is over. */
  async #read(): Promise<boolean> {
    try {
      const [execution, rows] = await Promise.all([readExecution(this.execution), readNodes(this.execution)]);
      if (this.#stopped) return true;
      this.follower.facts(execution);
      this.follower.data(rows);
      this.#set(withStatus(withRows(this.#run, rows), execution.status, execution.total_duration_ms));
      return isFinal(execution.status);
    } catch (error) {
      if (!this.#stopped) this.follower.failed(error);
      return false;
    }
  }

  #plan(milliseconds: number, whole = false): void {
    clearTimeout(this.#timer);
    this.#isWhole ||= whole;
    this.#timer = setTimeout(() => void this.#ask(), milliseconds);
  }

  async #ask(): Promise<void> {
    if (this.#stopped || this.#over) return;
    if (!this.#connected || this.#isWhole || (await this.#isElsewhere())) {
      this.#isWhole = false;
      if (await this.#read()) return this.#leave();
    }
    if (this.#stopped || this.#over) return;
    this.#pause = nextPause(this.#pause);
    this.#plan(this.#connected ? QUIET_MS : this.#pause);
  }

  /** Whether the run stands otherwise than was told; what is beside its steps is told at once. */
  async #isElsewhere(): Promise<boolean> {
    try {
      const execution = await readExecution(this.execution);
      if (this.#stopped) return false;
      this.follower.facts(execution);
      return execution.status !== this.#run.status;
    } catch {
      // It is asked again in a moment.
      return false;
    }
  }

  #set(run: RunState): void {
    if (run === this.#run) return;
    this.#run = run;
    this.#told ??= requestAnimationFrame(() => {
      this.#told = undefined;
      this.follower.changed(this.#run);
    });
  }
}
