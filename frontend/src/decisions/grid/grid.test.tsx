import { act } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import { conditionsOf, tableGestures, type RuleState, type TableState } from "../../doc";
import { allByRole, byRole, click, pass, press, type as typeText } from "../../ui/testing/render";
import { bench, type Bench } from "../panels/testing/bench";
import { goToAtom, refusedCellsAtom, saidAtom } from "../state/atoms";
import { putMarksAtom } from "../state/marks";
import { TableDesigner } from "../TableDesigner";

// What others hang in is tested there.
vi.mock("../slots", () => ({ panelSlots: [], barSlots: [], workSlots: [], dialogSlots: [] }));

let at: Bench;
beforeEach(async () => {
  vi.useRealTimers();
  localStorage.clear();
  at = await bench(<TableDesigner />);
  await pass();
});

const cell = (row: number, column: number): HTMLElement => document.querySelector<HTMLElement>(`[data-cell="${row}:${column}"]`) as HTMLElement;
const text = (row: number, column: number): string => cell(row, column).querySelector(".grid-text")?.textContent ?? "";
const rules = (): TableState["rules"] => at.store.state().rules;
const said = (rule: RuleState | undefined): unknown => rule && conditionsOf(rule).map(({ column, operator, value }) => [column, operator, value]);

async function choose(row: number, column: number): Promise<void> {
  await act(async () => {
    cell(row, column).dispatchEvent(new MouseEvent("pointerdown", { bubbles: true, cancelable: true, button: 0 }));
    cell(row, column).dispatchEvent(new MouseEvent("pointerup", { bubbles: true }));
  });
  await pass(20);
}

/** As a person types: the first sign opens the cell. */
async function typeIn(words: string, then = "Enter"): Promise<void> {
  await press(words[0] ?? "");
  await typeText(document.activeElement, words);
  await press(then);
  await pass(20);
}

async function paste(words: string): Promise<void> {
  const event = new Event("paste", { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { getData: () => words } });
  await act(async () => void document.activeElement?.dispatchEvent(event));
  await pass(20);
}

test("a grid says how large it is, and one cell is in the tab order", () => {
  const grid = document.querySelector("[role=grid]");
  expect(grid?.getAttribute("aria-rowcount")).toBe("5");
  expect(document.querySelectorAll("[role=gridcell][tabindex='0']")).toHaveLength(1);
  expect([text(0, 0), text(0, 1), text(0, 2)]).toEqual(["≥ 100", "–", "8.5"]);
});

test("what is typed on a cell becomes its condition, and Enter goes down", async () => {
  await choose(0, 1);
  await typeIn("premium");
  expect(said(rules()[0])).toEqual([["quantity", ">=", 100], ["customer_tier", "==", "premium"]]);
  expect(document.activeElement).toBe(cell(1, 1));
});

test("rules grow under the last one: typed from cell to cell with Tab", async () => {
  await choose(1, 0);
  await typeIn("< 100", "Tab");
  await typeIn("gold, silver", "Tab");
  await typeIn("9");
  expect(rules()).toHaveLength(2);
  expect(said(rules()[1])).toEqual([["quantity", "<", 100], ["customer_tier", "in", ["gold", "silver"]]]);
  expect(rules()[1]?.["outputs"]).toEqual({ price: 9 });
});

test("Escape keeps what was there, Delete empties it, undo brings it back", async () => {
  await choose(0, 2);
  await press("F2");
  await typeText(document.activeElement, "7");
  await press("Escape");
  await pass(20);
  expect(text(0, 2)).toBe("8.5");
  await press("Delete");
  expect(text(0, 2)).toBe("");
  await press("z", { ctrlKey: true });
  expect(text(0, 2)).toBe("8.5");
});

test("what cannot be stays in its cell with its fault, and is mended there", async () => {
  await choose(0, 2);
  await typeIn("cheap");
  expect(cell(0, 2).getAttribute("aria-invalid")).toBe("true");
  expect(cell(0, 2).getAttribute("aria-description")).toContain("Begin with “=”");
  expect(rules()[0]?.["outputs"]).toEqual({ price: 8.5 });
  await choose(0, 2);
  await press("Enter");
  expect((document.activeElement as HTMLInputElement).value).toBe("cheap");
  await typeText(document.activeElement, "8");
  await press("Enter");
  await pass(20);
  expect([cell(0, 2).getAttribute("aria-invalid"), text(0, 2)]).toEqual([null, "8"]);
});

test("two hundred rows of a spreadsheet come in one step of undo", async () => {
  const rows = Array.from({ length: 200 }, (_, each) => `>= ${each}\tgold\t${each}.5\t"two\nlines"`).join("\r\n");
  await choose(1, 0);
  await paste(rows);
  expect(rules()).toHaveLength(201);
  expect(rules()[200]?.["outputs"]).toEqual({ price: 199.5 });
  expect(rules()[200]?.["annotation"]).toBe("two\nlines");
  await press("z", { ctrlKey: true });
  expect(rules()).toHaveLength(1);
});

test("what is typed goes to its rule, though others insert one above it meanwhile", async () => {
  await choose(0, 1);
  await press("g");
  await typeText(document.activeElement, "gold");
  await act(async () => void at.store.commit(tableGestures.addRules([{ id: "r0" }], null)));
  await press("Enter");
  await pass(20);
  expect(rules().map(({ id }) => id)).toEqual(["r0", "r1"]);
  expect(said(rules()[1])).toContainEqual(["customer_tier", "==", "gold"]);
});

test("copying gives tabs and lines that a spreadsheet takes", async () => {
  await choose(0, 0);
  await press("ArrowRight", { shiftKey: true });
  await press("ArrowRight", { shiftKey: true });
  const event = new Event("copy", { bubbles: true, cancelable: true });
  const set = vi.fn();
  Object.assign(event, { clipboardData: { setData: set } });
  await act(async () => void document.activeElement?.dispatchEvent(event));
  expect(set).toHaveBeenCalledWith("text/plain", ">= 100\t\t8.5");
});

test("fill down, insert, move and delete by keys", async () => {
  await act(async () => void at.store.commit(tableGestures.addRules([{ id: "r2" }, { id: "r3" }], "r1")));
  await choose(0, 2);
  await press("ArrowDown", { shiftKey: true });
  await press("ArrowDown", { shiftKey: true });
  await press("d", { ctrlKey: true });
  expect(rules().map((rule) => rule["outputs"])).toEqual([{ price: 8.5 }, { price: 8.5 }, { price: 8.5 }]);
  await choose(0, 2);
  await press("ArrowDown", { altKey: true });
  expect(rules().map(({ id }) => id)).toEqual(["r2", "r1", "r3"]);
  await pass(20);
  await press("Enter", { altKey: true });
  await pass(20);
  expect(rules()).toHaveLength(4);
  await press(" ", { shiftKey: true });
  await press("-", { ctrlKey: true });
  expect(rules().map(({ id }) => id)).toEqual(["r2", "r1", "r3"]);
});

test("the filter shows rules that contain its words, and says how many", async () => {
  await act(async () => void at.store.commit(tableGestures.addRules([{ id: "r2", outputs: { price: 42 } }], "r1")));
  await typeText(document.querySelector("input[type=search]"), "42");
  await pass(50);
  expect(document.querySelector(".decision-count")?.textContent).toBe("1 of 2 rules");
  expect([text(0, 2), allByRole("rowheader").length]).toEqual(["42", 2]);
});

test("marks of others are on their cells, in words too, and a place can be shown", async () => {
  await act(async () => at.atoms.set(putMarksAtom, "checks", [{ kind: "finding", tone: "error", rule: "r1", column: "quantity", message: "Nobody covers 5." }]));
  expect(cell(0, 0).getAttribute("aria-description")).toBe("Nobody covers 5.");
  await act(async () => at.atoms.set(goToAtom, { rule: "r1", column: "price" }));
  await pass(50);
  expect(document.activeElement).toBe(cell(0, 2));
});

test("a new column is added by its dialog, under a name made of its label", async () => {
  await click(byRole("button", "Output"));
  // The dialog is loaded when it is wanted.
  await vi.waitFor(async () => (await pass(50), expect(document.querySelector("[role=dialog] input")).not.toBeNull()), 3_000);
  await typeText(document.querySelector("[role=dialog] input"), "Discount %");
  await click(byRole("button", "Add"));
  expect(at.store.state().output_columns.map(({ name, label }) => [name, label])).toEqual([["price", "Unit Price"], ["discount", "Discount %"]]);
});

test("who may not write sees no row for a new rule, and types in vain", async () => {
  document.body.innerHTML = "";
  at = await bench(<TableDesigner />, {}, {});
  const { mayWriteAtom } = await import("../state/atoms");
  await act(async () => at.atoms.set(mayWriteAtom, false));
  expect(cell(1, 0)).toBeNull();
  await choose(0, 2);
  await press("7");
  expect(document.querySelector(".cell-editor")).toBeNull();
});

const refused = (): unknown => at.atoms.get(refusedCellsAtom).map(({ rule, part, column, text: words }) => [rule, part, column, words]);

test("of pasted rules the good cells are taken, and how many were not is said", async () => {
  await choose(0, 1);
  await paste("gold\t7,25\nmatches (((\t3");
  expect(rules().map((rule) => [said(rule), rule["outputs"]])).toEqual([
    [[["quantity", ">=", 100], ["customer_tier", "==", "gold"]], { price: 8.5 }],
    [[], { price: 3 }],
  ]);
  expect(refused()).toEqual([["r1", "output", "price", "7,25"], [rules()[1]?.id, "condition", "customer_tier", "matches ((("]]);
  expect(at.atoms.get(saidAtom)).toBe("Pasted 2 rules, 2 cells not taken.");
});

test("undo takes texts back that were not taken, before it takes back what was", async () => {
  await choose(0, 2);
  await typeIn("7");
  await choose(0, 2);
  await paste("12 EUR");
  await paste("cheap");
  expect(text(0, 2)).toBe("cheap");
  await press("z", { ctrlKey: true });
  expect(text(0, 2)).toBe("12 EUR");
  await press("z", { ctrlKey: true });
  expect([text(0, 2), refused()]).toEqual(["7", []]);
  await press("z", { ctrlKey: true });
  expect(text(0, 2)).toBe("8.5");
});

test("texts that were not taken are there after a reload, until their cell is written", async () => {
  await choose(0, 2);
  await typeIn("12 EUR");
  document.body.innerHTML = '<div id="designer-bar-start"></div>';
  at = await bench(<TableDesigner />);
  await pass();
  expect(document.querySelector(".save-state")?.textContent).toBe("1 cell not taken");
  expect([text(0, 2), refused()]).toEqual(["12 EUR", [["r1", "output", "price", "12 EUR"]]]);
  await act(async () => void at.store.commit(tableGestures.setCells(at.store.state(), [{ rule: "r1", side: "output_columns", column: "price", cell: 4 }])));
  expect([text(0, 2), refused(), localStorage.getItem("exprsn.table.t1.refused")]).toEqual(["4", [], null]);
});
