import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Frame, LiveSocket, pauseAfter } from "./socket";

/** A socket whose server is the test. */
class FakeSocket extends EventTarget {
  static made: FakeSocket[] = [];
  sent: string[] = [];
  constructor(readonly url: string) {
    super();
    FakeSocket.made.push(this);
  }
  send(text: string): void {
    this.sent.push(text);
  }
  close(code = 1000): void {
    this.dispatchEvent(Object.assign(new Event("close"), { code }));
  }
  open(): void {
    this.dispatchEvent(new Event("open"));
  }
  say(frame: Frame): void {
    this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(frame) }));
  }
}

const newest = () => FakeSocket.made[FakeSocket.made.length - 1] as FakeSocket;
const events = (...numbers: number[]): Frame => ({
  type: "events",
  events: numbers.map((seq) => ({ seq, type: "execution_log" })),
});

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.made = [];
  vi.stubGlobal("WebSocket", FakeSocket);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function follow(): { socket: LiveSocket; told: number[]; states: boolean[] } {
  const told: number[] = [];
  const states: boolean[] = [];
  const socket = new LiveSocket(
    { execution: "e1" },
    { changed: (frame) => told.push(...(frame.events ?? []).map((each) => each.seq)), connected: (is) => states.push(is) },
  );
  socket.start();
  newest().open();
  return { socket, told, states };
}

test("it subscribes, and hears what is in batches too", () => {
  const { told, states } = follow();
  expect(newest().url).toBe("ws://localhost:3000/ws/executions/");
  expect(newest().sent).toEqual(['{"type":"subscribe","execution":"e1"}']);
  newest().say({ type: "batch", frames: [{ type: "welcome" }, { type: "state", seq: 2 }, events(1, 2)] });
  expect(states).toEqual([true]);
  expect(told).toEqual([1, 2]);
});

test("after a loss it asks for what came since, and tells nothing twice", () => {
  const { told, states } = follow();
  newest().say({ type: "state", seq: 2 });
  newest().say(events(1, 2));
  newest().close(1006);
  expect(states).toEqual([true, false]);
  vi.advanceTimersByTime(1000);
  newest().open();
  expect(newest().sent).toEqual(['{"type":"subscribe","execution":"e1","after":2}']);
  newest().say(events(2, 3));
  expect(told).toEqual([1, 2, 3]);
});

test("a hole is never told: the connection is made anew from before it", () => {
  const { told } = follow();
  newest().say(events(1));
  newest().say(events(3));
  expect(told).toEqual([1]);
  vi.advanceTimersByTime(1000);
  newest().open();
  expect(newest().sent[0]).toContain('"after":1');
});

test("the pauses grow while nobody answers, and begin anew after a calm connection", () => {
  follow();
  for (let count = 0; count < 5; count += 1) {
    newest().close(1006);
    vi.advanceTimersByTime(30_000);
  }
  expect(FakeSocket.made.length).toBe(6);
  newest().close(1006);
  vi.advanceTimersByTime(7_000);
  expect(FakeSocket.made.length).toBe(6);
  vi.advanceTimersByTime(23_000);
  newest().open();
  newest().say({ type: "state", seq: 0 });
  vi.advanceTimersByTime(6_000);
  newest().close(1006);
  vi.advanceTimersByTime(600);
  expect(FakeSocket.made.length).toBe(8);
  expect([pauseAfter(0, 1), pauseAfter(3, 0), pauseAfter(40, 1)]).toEqual([500, 2000, 30_000]);
});

test.each([4401, 4403, 4404])("a refusal (%i) is final", (code) => {
  follow();
  newest().close(code);
  vi.advanceTimersByTime(120_000);
  expect(FakeSocket.made.length).toBe(1);
});

test("what is stopped stays so", () => {
  const { socket } = follow();
  socket.stop();
  socket.start();
  vi.advanceTimersByTime(120_000);
  expect(FakeSocket.made.length).toBe(1);
});

test("a list is looked at anew after every connection", () => {
  const changed = vi.fn();
  new LiveSocket({ executions: "all" }, { changed, connected: () => undefined }).start();
  newest().say({ type: "state" });
  newest().say({ type: "changes" });
  newest().say({ type: "pong" });
  expect(changed).toHaveBeenCalledTimes(2);
});

test("without sockets in the browser nothing happens", () => {
  vi.stubGlobal("WebSocket", undefined);
  new LiveSocket({ execution: "e1" }, { changed: vi.fn(), connected: vi.fn() }).start();
  expect(FakeSocket.made).toEqual([]);
});

test("of a workflow's executions everything is told, whatever its number", () => {
  const told: Frame[] = [];
  const socket = new LiveSocket({ workflow: "w1" }, { changed: (frame) => told.push(frame), connected: () => {} });
  socket.start();
  newest().open();
  expect(newest().sent).toEqual(['{"type":"subscribe","workflow":"w1"}']);
  newest().say({ ...events(3), execution: "e1" });
  newest().say({ ...events(1), execution: "e2" });
  newest().say({ type: "now", execution: "e2", node: { node_name: "A" } });
  expect(told.map(({ execution, type }) => [execution, type])).toEqual([["e1", "events"], ["e2", "events"], ["e2", "now"]]);
  socket.stop();
});
