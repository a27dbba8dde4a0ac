/* The same test environment as the parts of `ui/` have. */
import "../ui/testing/render";
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useLater } from "./later";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Shown {
  readonly load: () => Promise<string>;
  readonly failed?: (error: unknown) => void;
}

function place({ load, failed = () => {} }: Shown) {
  const element = document.createElement("div");
  const root = createRoot(element);
  const Part = ({ wanted }: { readonly wanted: boolean }) => useLater(load, wanted, failed) ?? "waiting";
  return { element, show: (wanted: boolean) => act(async () => root.render(<Part wanted={wanted} />)) };
}

it("loads what nobody has asked for yet, once the page is at rest", async () => {
  const { element, show } = place({ load: async () => "here" });
  await show(false);
  expect(element.textContent).toBe("waiting");
  await act(() => vi.advanceTimersByTimeAsync(2_000));
  expect(element.textContent).toBe("here");
});

it("does not wait when it is wanted", async () => {
  const { element, show } = place({ load: async () => "here" });
  await show(true);
  expect(element.textContent).toBe("here");
});

it("tells of a failure only when it is wanted, and tries again the next time", async () => {
  const answers = [() => Promise.reject(new Error("offline")), () => Promise.reject(new Error("still")), async () => "here"];
  const failed = vi.fn();
  const { element, show } = place({ load: () => answers.shift()?.() ?? Promise.reject(new Error("asked too often")), failed });
  await show(false);
  await act(() => vi.advanceTimersByTimeAsync(2_000));
  expect(failed).not.toHaveBeenCalled();
  await show(true);
  expect(failed).toHaveBeenCalledOnce();
  await show(false);
  await show(true);
  expect(element.textContent).toBe("here");
});
