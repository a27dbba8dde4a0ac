import fc from "fast-check";
import { act } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { placeBeside, type Side } from "./beside";
import { byRole, render } from "./testing/render";
import { Tooltip } from "./Tooltip";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

const point = (kind: string) => act(async () => void byRole("button")?.dispatchEvent(new PointerEvent(kind, { bubbles: true, pointerType: "mouse" })));
const wait = (milliseconds: number) => act(async () => void vi.advanceTimersByTime(milliseconds));

it("describes what the pointer rests on, until it leaves or Escape is pressed", async () => {
  await render(
    <Tooltip text="Take it back" keys="Mod+Z">
      <button type="button">Undo</button>
    </Tooltip>,
  );
  await point("pointerover");
  expect(byRole("tooltip")).toBeUndefined();
  await wait(500);
  const tip = byRole("tooltip");
  expect(tip?.textContent).toContain("Take it back");
  expect(byRole("button")?.getAttribute("aria-describedby")).toBe(tip?.id);
  await point("pointerout");
  expect(byRole("tooltip")).toBeUndefined();
  expect(byRole("button")?.hasAttribute("aria-describedby")).toBe(false);
  await point("pointerover");
  await wait(500);
  await act(async () => void document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true })));
  expect(byRole("tooltip")).toBeUndefined();
});

it("has its place within the window, beside its anchor where there is room", () => {
  const length = fc.integer({ min: 1, max: 300 });
  const anchors = fc.record({ left: fc.integer({ min: 0, max: 900 }), top: fc.integer({ min: 0, max: 700 }), width: length, height: length });
  const sides = fc.constantFrom<Side>("top", "right", "bottom", "left");
  fc.assert(
    fc.property(anchors, length, length, sides, (anchor, width, height, side) => {
      const { x, y } = placeBeside(anchor, { width, height }, side, { width: 1_000, height: 800 });
      expect(x).toBeGreaterThanOrEqual(8);
      expect(y).toBeGreaterThanOrEqual(8);
      expect(x + width).toBeLessThanOrEqual(992);
      expect(y + height).toBeLessThanOrEqual(792);
    }),
  );
  const anchor = { left: 100, top: 100, width: 40, height: 20 };
  expect(placeBeside(anchor, { width: 60, height: 30 }, "bottom", { width: 1_000, height: 800 })).toEqual({ x: 90, y: 126 });
  expect(placeBeside({ ...anchor, top: 770 }, { width: 60, height: 30 }, "bottom", { width: 1_000, height: 800 })).toEqual({ x: 90, y: 734 });
});
