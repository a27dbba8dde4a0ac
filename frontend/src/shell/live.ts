/**
 * A part of the page that follows what happens: `<div data-live="state" data-live-url="…" data-live-done="words">`.
 * The address answers `{"state": …}`; when that differs, the part is fetched anew. Without a state nothing is asked.
 * With `data-live-execution` the live socket tells of changes; the address is asked only while there is no socket.
 * `<section data-results data-live-list>` follows the executions that begin and end in the same way.
 */
import { ISLANDS_EVENT } from "../lib/islands-event";
import { refreshResults } from "./forms";
import { LATE_MS, nextPause } from "./pauses";
import { showRelativeTimes } from "./relative-time";
import { type Frame, LiveSocket } from "./socket";
import { toast } from "./toasts";

const SOON_MS = 700;
/** A part is fetched at most this often, however busy the run is. */
const REFRESH_MS = 400;
const LIST_REFRESH_MS = 1_000;
/** A connection that is back this soon was hardly away. */
const SAY_LOST_MS = 3_000;

/** The fresh part with the old elements in it that have not changed: what is open, mounted or scrolled stays so. */
export function keepUnchanged(old: ParentNode, fresh: ParentNode): void {
  for (const element of fresh.querySelectorAll<HTMLElement>("[data-keep]")) {
    const same = old.querySelector(`[data-keep="${CSS.escape(element.dataset.keep ?? "")}"]`);
    if (same) element.replaceWith(same);
  }
}

export async function refreshPart(part: HTMLElement): Promise<HTMLElement> {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = answer.ok ? page.querySelector<HTMLElement>("[data-live]") : null;
  if (!fresh) return part;
  const focused = document.activeElement;
  const isInside = part.contains(focused);
  keepUnchanged(part, fresh);
  part.replaceWith(document.adoptNode(fresh));
  if (isInside && focused instanceof HTMLElement && focused.isConnected) focused.focus();
  showRelativeTimes(fresh);
  document.dispatchEvent(new Event(ISLANDS_EVENT));
  if (!fresh.dataset.live && fresh.dataset.liveDone) toast(fresh.dataset.liveDone, "info");
  return fresh;
}

/** Runs `work` for each call, but one at a time and not too often; calls in between become one. */
export function paced(work: () => Promise<void>, pause: number): () => void {
  let busy = false;
  let again = false;
  const run = async () => {
    busy = true;
    again = false;
    try {
      await work();
    } catch {
      // The network is away; the next change is another chance.
    }
    setTimeout(() => {
      busy = false;
      if (again) void run();
    }, pause);
  };
  return () => {
    again = true;
    if (!busy) void run();
  };
}

/** `[data-live-lost]` is shown while the connection is away for longer than a moment. */
export function sayWhenLost(): (connected: boolean) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wasThere = false;
  const show = (is: boolean) => {
    for (const element of document.querySelectorAll<HTMLElement>("[data-live-lost]")) element.hidden = !is;
  };
  return (connected) => {
    if (connected) {
      wasThere = true;
      clearTimeout(timer);
      timer = undefined;
      show(false);
    } else if (wasThere && timer === undefined) timer = setTimeout(() => show(true), SAY_LOST_MS);
  };
}

async function stateAt(url: string): Promise<string | null> {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  return answer.ok ? ((await answer.json()) as { state: string }).state : null;
}

export function startLive(): void {
  followPart();
  followList();
}

function followPart(): void {
  let part = document.querySelector<HTMLElement>("[data-live]");
  if (!part?.dataset.live) return;
  let pause = SOON_MS;
  let connected = false;
  let runs = "";
  const sockets: LiveSocket[] = [];
  const showWhatRuns = () => {
    const place = part?.querySelector<HTMLElement>("[data-live-now]");
    if (place) place.textContent = runs;
  };
  const refresh = async () => {
    if (!part?.dataset.live) return;
    part = await refreshPart(part);
    if (!part.dataset.live) for (const socket of sockets) socket.stop();
    showWhatRuns();
  };
  const ask = async () => {
    if (!part?.dataset.live) return;
    try {
      const rests = document.hidden || connected;
      const state = rests ? part.dataset.live : await stateAt(part.dataset.liveUrl ?? "");
      if (state === null) return;
      if (state === part.dataset.live) pause = nextPause(pause);
      else {
        await refresh();
        pause = SOON_MS;
      }
    } catch {
      // The network is away; it is asked again later.
      pause = LATE_MS;
    }
    setTimeout(ask, pause);
  };
  setTimeout(ask, pause);
  const execution = part.dataset.liveExecution;
  if (!execution) return;
  const refreshSoon = paced(refresh, REFRESH_MS);
  const lost = sayWhenLost();
  const changed = (frame: Frame) => {
    if (frame.type === "now") runs = frame.node?.node_name ?? "";
    else if (frame.events?.some((event) => event.type === "node_execution_completed")) runs = "";
    showWhatRuns();
    if (frame.type !== "now") refreshSoon();
  };
  const isThere = (is: boolean) => {
    if (connected && !is) pause = SOON_MS;
    connected = is;
    lost(is && Boolean(part?.dataset.live));
  };
  const socket = new LiveSocket({ execution }, { changed, connected: isThere });
  sockets.push(socket);
  socket.start();
}

function followList(): void {
  if (!document.querySelector("[data-live-list]") || new URLSearchParams(location.search).has("before")) return;
  const refresh = paced(async () => (document.hidden ? undefined : refreshResults()), LIST_REFRESH_MS);
  const lost = sayWhenLost();
  let connected = false;
  const isThere = (is: boolean) => {
    connected = is;
    lost(is);
  };
  new LiveSocket({ executions: "all" }, { changed: refresh, connected: isThere }).start();
  setInterval(() => {
    if (!connected) refresh();
  }, LATE_MS);
  document.addEventListener("visibilitychange", refresh);
}
