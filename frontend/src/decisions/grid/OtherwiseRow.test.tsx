import { act } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { tableGestures } from "../../doc";
import { click, pass } from "../../ui/testing/render";
import { bench } from "../panels/testing/bench";
import { settingsOpenAtom } from "../state/atoms";
import { TableDesigner } from "../TableDesigner";

afterEach(() => vi.unstubAllGlobals());

const answers = (): string[] => [...document.querySelectorAll(".grid-otherwise .grid-cell")].map(({ textContent }) => textContent ?? "");

it("shows what is answered when no rule fits, and leads to where it is changed", async () => {
  const { atoms, store } = await bench(<TableDesigner />);
  await pass();
  expect(answers()).toEqual(["–"]);
  await act(async () => void store.commit(tableGestures.changeColumn(store.state(), "output_columns", "price", { name: "price", type: "number", label: "Unit Price", default_value: 5 })));
  expect(answers()).toEqual(["5"]);
  await act(async () => void store.commit(tableGestures.setDefault(store.state(), "price", 10)));
  expect(answers()).toEqual(["10"]);
  await click(document.querySelector(".otherwise-button"));
  expect(atoms.get(settingsOpenAtom)).toBe(true);
});
