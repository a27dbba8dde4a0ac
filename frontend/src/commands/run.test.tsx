import { act } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import { render } from "../ui/testing/render";
import type { Command } from "./command";
import { finder, menuOf, useKeys } from "./run";

const run = vi.fn();
const COMMANDS: readonly Command<string>[] = [
  { id: "here", group: "g", title: () => "Here", keys: ["x"], within: ".place", run },
  { id: "off", group: "g", title: () => "Off", enabled: () => false, run },
  { id: "hidden", group: "g", title: () => "Hidden", shown: () => false, run },
];
const context = (): string => "now";

function Page() {
  useKeys(COMMANDS, context);
  return (
    <>
      <button type="button">outside</button>
      <div className="place" tabIndex={0} />
    </>
  );
}

beforeEach(() => run.mockReset());

test("keys of a command work only within its place", async () => {
  await render(<Page />);
  const press = (selector: string) => act(async () => void document.querySelector(selector)?.dispatchEvent(new KeyboardEvent("keydown", { key: "x", bubbles: true })));
  await press("button");
  expect(run).not.toHaveBeenCalled();
  await press(".place");
  expect(run).toHaveBeenCalledExactlyOnceWith("now");
});

test("a menu has lines, greys what cannot be done and leaves out what is not shown", () => {
  const entries = menuOf(["here", "-", "off", "hidden"], finder(COMMANDS), context);
  expect(entries.map((entry) => (typeof entry === "object" && "label" in entry ? [entry.label, entry.disabled] : entry))).toEqual([["Here", false], "separator", ["Off", true]]);
  expect(() => finder(COMMANDS)("nobody")).toThrow("nobody");
});
