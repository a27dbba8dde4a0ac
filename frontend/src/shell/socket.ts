/**
 * The live socket of a page: subscribes, reconnects with growing pauses, asks for what came after the last event.
 * Without a socket the page asks by itself now and then (live.ts), so nothing here ever has to succeed.
 */
export interface Frame {
  type: string;
  seq?: number;
  /** Which execution it is about. */
  execution?: string;
  events?: LiveEvent[];
  node?: LiveNode | null;
  frames?: Frame[];
  /** Rows of a list that changed. */
  executions?: { id: string; status: string }[];
  code?: string;
}

/** Which run of which node. */
export interface LiveNode {
  node_name: string;
  node_id?: string;
  node_type?: string;
  execution_order?: number;
  run_index?: number;
  timestamp?: string | null;
}

/** What happened; docs/live.md says which type has what. */
export interface LiveEvent extends Partial<LiveNode> {
  seq: number;
  type: string;
  status?: string;
  duration_ms?: number | null;
  total_duration_ms?: number | null;
  items_in?: number;
  items_out?: number;
  retry_count?: number;
  error?: unknown;
  level?: string;
  message?: string;
}

export interface Subject {
  execution?: string;
  /** The rows and events of a workflow's executions. Each has numbers of its own, which are not looked at here. */
  workflow?: string;
  executions?: "all";
}

export interface Listener {
  /** Something changed: look again. */
  changed: (frame: Frame) => void;
  /** Whether the socket is there. */
  connected: (is: boolean) => void;
}

const FIRST_MS = 500;
const MOST_MS = 30_000;
const CALM_MS = 5_000;
/** Refused for good: signed out, not allowed, not there. */
const FINAL_CODES = new Set([4401, 4403, 4404]);
const CHANGES = new Set(["events", "now", "changes", "gone"]);

/** The pause before the next try; some chance, so that a restarted server is not asked by all at once. */
export function pauseAfter(failures: number, chance = Math.random()): number {
  return Math.min(FIRST_MS * 2 ** failures, MOST_MS) * (0.5 + chance / 2);
}

export class LiveSocket {
  private socket: WebSocket | undefined;
  private failures = 0;
  private after = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private calm: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;

  constructor(
    private readonly subject: Subject,
    private readonly listener: Listener,
  ) {}

  start(): void {
    if (this.stopped || typeof WebSocket === "undefined") return;
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/ws/executions/`);
    this.socket = socket;
    socket.addEventListener("open", () => {
      socket.send(JSON.stringify({ type: "subscribe", ...this.subject, ...(this.after ? { after: this.after } : {}) }));
    });
    socket.addEventListener("message", (event) => this.take(JSON.parse(String(event.data)) as Frame));
    socket.addEventListener("close", (event) => this.lost(event.code));
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    clearTimeout(this.calm);
    this.socket?.close();
  }

  private take(frame: Frame): void {
    if (frame.type === "batch") frame.frames?.forEach((each) => this.take(each));
    else if (frame.type === "state") this.welcomed(frame);
    else if (frame.type === "events" && this.subject.workflow === undefined) this.advance(frame);
    else if (CHANGES.has(frame.type)) this.listener.changed(frame);
  }

  private welcomed(frame: Frame): void {
    this.listener.connected(true);
    // A connection that ends at once again and again is no success.
    clearTimeout(this.calm);
    this.calm = setTimeout(() => (this.failures = 0), CALM_MS);
    // Lists have no numbers: after a gap they are looked at anew.
    if (frame.seq === undefined) this.listener.changed(frame);
  }

  /** Numbers have no holes; one that was seen is not news. */
  private advance(frame: Frame): void {
    const fresh = (frame.events ?? []).filter((event) => event.seq > this.after);
    const first = fresh[0];
    const last = fresh[fresh.length - 1];
    if (!first || !last) return;
    if (first.seq !== this.after + 1) {
      this.socket?.close();
      return;
    }
    this.after = last.seq;
    this.listener.changed({ ...frame, events: fresh });
  }

  private lost(code: number): void {
    clearTimeout(this.calm);
    this.listener.connected(false);
    if (this.stopped || FINAL_CODES.has(code)) return;
    this.timer = setTimeout(() => this.start(), pauseAfter(this.failures));
    this.failures += 1;
  }
}
