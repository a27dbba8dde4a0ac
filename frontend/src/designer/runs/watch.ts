/**
 * Watches a workflow from before a run of it begins, so that nothing of its first steps is missed: what runs at a moment
 * is told only to who is there already.
 */
import { LiveSocket, type Frame } from "../../shell/socket";

/** A run begins without it rather than late. */
const PATIENCE_MS = 600;

export class WorkflowWatch {
  #frames: Frame[] = [];
  #take: ((frame: Frame) => void) | null = null;
  readonly #socket: LiveSocket;
  readonly #connected: Promise<void>;

  constructor(workflow: string) {
    let connect: () => void = () => {};
    this.#connected = new Promise((resolve) => (connect = resolve));
    this.#socket = new LiveSocket({ workflow }, { changed: (frame) => this.#heard(frame), connected: (is) => is && connect() });
    this.#socket.start();
  }

  async ready(): Promise<void> {
    await Promise.race([this.#connected, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  }

  /** What was told of this execution, and from now on what is. */
  follow(execution: string, take: (frame: Frame) => void): void {
    this.#take = (frame) => frame.execution === execution && take(frame);
    this.#frames.forEach(this.#take);
    this.#frames = [];
  }

  stop(): void {
    this.#take = null;
    this.#socket.stop();
  }

  #heard(frame: Frame): void {
    if (this.#take) this.#take(frame);
    else this.#frames.push(frame);
  }
}
