import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, expect, it, vi } from "vitest";
import { Failsafe } from "./Failsafe";

afterEach(() => vi.restoreAllMocks());

it("keeps the rest when a part breaks, and lets it begin anew", () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  let breaks = true;
  const Part = () => {
    if (breaks) throw new Error("no such step");
    return <p>whole again</p>;
  };
  const place = document.createElement("div");
  const root = createRoot(place);
  act(() =>
    root.render(
      <>
        <p>the rest</p>
        <Failsafe>
          <Part />
        </Failsafe>
      </>,
    ),
  );
  expect(place.textContent).toContain("the rest");
  expect(place.querySelector("[role=alert]")?.textContent).toContain("no such step");
  breaks = false;
  act(() => place.querySelector("button")?.click());
  expect(place.textContent).toBe("the restwhole again");
  act(() => root.unmount());
});
