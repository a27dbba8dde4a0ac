/** Asks something about the table some time after its last change; an answer about an older state is dropped. */
export interface FollowerPorts<State, Answer> {
  readonly state: () => State;
  readonly ask: (state: State, signal: AbortSignal) => Promise<Answer>;
  readonly answered: (answer: Answer, state: State) => void;
  /** Something was changed, or is asked for anew. */
  readonly stale: () => void;
  readonly failed: (error: unknown) => void;
}

export class Follower<State, Answer> {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking: AbortController | null = null;
  #asked: State | undefined;

  constructor(
    readonly quietMs: number,
    readonly ports: FollowerPorts<State, Answer>,
  ) {}

  /** Call it after every change. */
  changed = (): void => {
    if (this.ports.state() !== this.#asked) this.again(this.quietMs);
  };

  again(after = 0): void {
    this.stop();
    this.#asked = this.ports.state();
    this.ports.stale();
    this.#timer = setTimeout(() => void this.#ask(), after);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#asking = null;
    this.#asked = undefined;
  }

  async #ask(): Promise<void> {
    const asking = new AbortController();
    const state = this.ports.state();
    this.#asking = asking;
    const isCurrent = (): boolean => this.#asking === asking && this.ports.state() === state;
    try {
      const answer = await this.ports.ask(state, asking.signal);
      if (isCurrent()) this.ports.answered(answer, state);
    } catch (error) {
      if (isCurrent()) this.ports.failed(error);
    }
  }
}
