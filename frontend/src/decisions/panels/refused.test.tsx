import { act } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { tableGestures } from "../../doc";
import { byRole, click, pass } from "../../ui/testing/render";
import { DraftState } from "../DraftState";
import { putFaultyAtom } from "../grid/editing";
import { dialogAtom, goToAtom } from "../state/atoms";
import { PUBLISH } from "./ids";
import { RunPanel } from "./run/RunPanel";
import { bench, type Bench } from "./testing/bench";
import { publishedAtom, useNumberedDraft } from "./versions/facts";
import { PublishButton } from "./versions/PublishButton";
import { PublishDialog } from "./versions/PublishDialog";

afterEach(() => vi.unstubAllGlobals());

const said = (): string => document.body.textContent ?? "";
const chip = (): string => document.querySelector(".version-chip")?.textContent ?? "";
const publishButton = (): HTMLButtonElement => document.querySelector(".dialog-foot .primary") as HTMLButtonElement;

async function withRefused({ atoms }: Bench): Promise<void> {
  await act(async () => {
    atoms.set(putFaultyAtom, [{ rule: "r1", key: "out:price", faulty: { text: "12 EUR", fault: "This is no number." } }]);
    atoms.set(dialogAtom, { kind: "slot", id: PUBLISH });
  });
}

it("does not publish while a cell was not taken, and leads there", async () => {
  const at = await bench(<PublishDialog />, { "POST /publish/": () => ({ published_version: 1 }) });
  await withRefused(at);
  expect(said()).toContain("Rule 1, Unit Price 12 EUR This is no number.");
  expect(publishButton().disabled).toBe(true);
  await click(byRole("button", "Rule 1, Unit Price"));
  expect(at.atoms.get(goToAtom)).toEqual({ rule: "r1", column: "price", side: "output_columns" });
  expect(at.atoms.get(dialogAtom)).toBeNull();
  expect(at.asked).toEqual([]);
});

it("publishes once the texts are discarded", async () => {
  const at = await bench(<PublishDialog />, { "POST /publish/": () => ({ published_version: 1 }) });
  await withRefused(at);
  await click(byRole("button", "Discard these texts"));
  expect(publishButton().disabled).toBe(false);
  await click(publishButton());
  await pass(10);
  expect(at.asked).toEqual(["POST /publish/"]);
});

it("says that a run of the draft leaves them out", async () => {
  await withRefused(await bench(<RunPanel />));
  expect(said()).toContain("1 cell was not taken and is no part of this run.");
});

it("says so in the top bar in the place of “saved”", async () => {
  const at = await bench(<DraftState />);
  expect(said()).toBe("saved");
  await withRefused(at);
  await click(byRole("button", "1 cell not taken"));
  expect(at.atoms.get(goToAtom)).toMatchObject({ rule: "r1", column: "price" });
});

function Bar() {
  useNumberedDraft();
  return <PublishButton />;
}

it("says that the draft differs from what is published", async () => {
  const { atoms, store } = await bench(<Bar />);
  expect(chip()).toBe("not published");
  await act(async () => atoms.set(publishedAtom, 1));
  expect(chip()).toBe("v1");
  await act(async () => void store.commit(tableGestures.setSetting(store.state(), "hit_policy", "UNIQUE")));
  expect(chip()).toBe("v1 · changed");
  expect(document.querySelector(".version-chip")?.getAttribute("title")).toBe("The draft differs from the published version.");
});
