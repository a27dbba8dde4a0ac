import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ISLANDS_EVENT } from "../lib/islands-event";
import { keepUnchanged, paced, refreshPart, sayWhenLost, startLive } from "./live";
import { nextPause } from "./pauses";

const TOAST = '<div class="toasts"></div><template data-toast="info"><div class="toast"><p></p></div></template>';
const part = (state: string, inside: string) =>
  `<div data-live="${state}" data-live-url="/state/" data-live-done="Demo: Success">${inside}</div>`;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("CSS", { escape: (text: string) => text });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  document.body.innerHTML = "";
});

/** Answers of the server, by address; `states` are taken one after the other. */
function serve(states: string[], page: string): ReturnType<typeof vi.fn> {
  const asked = vi.fn(async (address: string) =>
    String(address) === "/state/"
      ? new Response(JSON.stringify({ state: states.length > 1 ? states.shift() : states[0] }))
      : new Response(page),
  );
  vi.stubGlobal("fetch", asked);
  return asked;
}

test("the pauses grow, but not for ever", () => {
  let pause = 700;
  for (let count = 0; count < 30; count += 1) pause = nextPause(pause);
  expect(pause).toBe(10_000);
});

test("what has not changed keeps its element, and with it whatever is open", () => {
  document.body.innerHTML = '<div id="a"><details open data-keep="0-success"></details><p data-keep="1-running">old</p></div>';
  const old = document.getElementById("a") as HTMLElement;
  const details = old.querySelector("details");
  const fresh = document.createElement("div");
  fresh.innerHTML = '<details data-keep="0-success"></details><p data-keep="1-success">new</p>';
  keepUnchanged(old, fresh);
  expect(fresh.querySelector("details")).toBe(details);
  expect(details?.open).toBe(true);
  expect(fresh.querySelector("p")?.textContent).toBe("new");
});

test("a run is followed until it ends, and the end is announced", async () => {
  document.body.innerHTML = part("running-1", "<p>one step</p>") + TOAST;
  const asked = serve(["running-1", "success-2"], part("", "<p>two steps</p>"));
  const heard = vi.fn();
  document.addEventListener(ISLANDS_EVENT, heard);
  startLive();
  await vi.advanceTimersByTimeAsync(800);
  expect(document.querySelector("[data-live]")?.textContent).toBe("one step");
  await vi.advanceTimersByTimeAsync(2000);
  expect(document.querySelector("[data-live]")?.textContent).toBe("two steps");
  expect(document.querySelector(".toast")?.textContent).toBe("Demo: Success");
  expect(heard).toHaveBeenCalledOnce();
  const count = asked.mock.calls.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked.mock.calls.length).toBe(count);
});

test("a network that is away is asked again later", async () => {
  document.body.innerHTML = part("running-1", "");
  const asked = vi.fn(async () => Promise.reject(new TypeError("away")));
  vi.stubGlobal("fetch", asked);
  startLive();
  await vi.advanceTimersByTimeAsync(12_000);
  expect(asked.mock.calls.length).toBe(2);
});

test("a page that is gone leaves what is shown", async () => {
  document.body.innerHTML = part("running-1", "still here");
  vi.stubGlobal("fetch", async () => new Response("", { status: 404 }));
  const shown = document.querySelector("[data-live]") as HTMLElement;
  expect(await refreshPart(shown)).toBe(shown);
  expect(document.body.textContent).toBe("still here");
});

test("what is finished asks nothing", async () => {
  document.body.innerHTML = part("", "done");
  const asked = serve(["success-2"], "");
  startLive();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked).not.toHaveBeenCalled();
});

test("calls in between become one, and a failure is no end", async () => {
  const work = vi.fn(async () => Promise.reject(new Error("away")));
  const call = paced(work, 400);
  for (let count = 0; count < 5; count += 1) call();
  await vi.advanceTimersByTimeAsync(100);
  expect(work).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(2000);
  expect(work).toHaveBeenCalledTimes(2);
});

test("a short loss is not spoken of, a long one is, until it is over", async () => {
  document.body.innerHTML = "<p data-live-lost hidden></p>";
  const place = document.querySelector("p") as HTMLElement;
  const lost = sayWhenLost();
  lost(false);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(place.hidden).toBe(true);
  lost(true);
  lost(false);
  await vi.advanceTimersByTimeAsync(1000);
  lost(true);
  await vi.advanceTimersByTimeAsync(5000);
  expect(place.hidden).toBe(true);
  lost(false);
  await vi.advanceTimersByTimeAsync(5000);
  expect(place.hidden).toBe(false);
  lost(true);
  expect(place.hidden).toBe(true);
});

/** Sockets that the test speaks through. */
function stubSockets(): (EventTarget & { closed: boolean })[] {
  const made: (EventTarget & { closed: boolean })[] = [];
  class Stub extends EventTarget {
    closed = false;
    constructor() {
      super();
      made.push(this);
    }
    send(): void {}
    close(): void {
      this.closed = true;
    }
  }
  vi.stubGlobal("WebSocket", Stub);
  return made;
}
const say = (socket: EventTarget | undefined, frame: object) =>
  socket?.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(frame) }));

test("with a socket the page asks nothing, shows what runs, and follows to the end", async () => {
  const made = stubSockets();
  document.body.innerHTML =
    part("running-1", "<i data-live-now></i>").replace("data-live-done", 'data-live-execution="e1" data-live-done') + TOAST;
  const asked = serve(["running-1"], part("", "<p>all steps</p>"));
  startLive();
  say(made[0], { type: "state", seq: 0 });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked).not.toHaveBeenCalled();
  say(made[0], { type: "now", node: { node_name: "Fetch" } });
  expect(document.querySelector("[data-live-now]")?.textContent).toBe("Fetch");
  say(made[0], { type: "events", events: [{ seq: 1, type: "node_execution_completed" }] });
  expect(document.querySelector("[data-live-now]")?.textContent).toBe("");
  await vi.advanceTimersByTimeAsync(1000);
  expect(document.querySelector("[data-live]")?.textContent).toBe("all steps");
  expect(made[0]?.closed).toBe(true);
});

test("a socket that is lost brings the asking back", async () => {
  const made = stubSockets();
  document.body.innerHTML = part("running-1", "").replace("data-live-done", 'data-live-execution="e1" data-live-done');
  const asked = serve(["running-1"], "");
  startLive();
  say(made[0], { type: "state", seq: 0 });
  await vi.advanceTimersByTimeAsync(20_000);
  made[0]?.dispatchEvent(Object.assign(new Event("close"), { code: 1006 }));
  await vi.advanceTimersByTimeAsync(12_000);
  expect(asked).toHaveBeenCalled();
  expect(made.length).toBeGreaterThan(1);
});

test("the list follows, in place", async () => {
  const made = stubSockets();
  document.body.innerHTML = '<section data-results data-live-list><a href="/x">old</a></section>';
  const asked = serve([], '<section data-results data-live-list><a href="/x">new</a></section>');
  document.querySelector("a")?.focus();
  startLive();
  await vi.advanceTimersByTimeAsync(11_000);
  expect(document.querySelector("section")?.textContent).toBe("new");
  expect(document.activeElement?.getAttribute("href")).toBe("/x");
  say(made[0], { type: "state" });
  await vi.advanceTimersByTimeAsync(1500);
  const count = asked.mock.calls.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked.mock.calls.length).toBe(count);
});
