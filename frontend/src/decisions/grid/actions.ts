/** What commands do to the cells and rules that are selected. */
import { flushSync } from "react-dom";
import { newUuid, tableGestures, type RuleState } from "../../doc";
import type { Change } from "../../doc/table/gestures";
import { _, _n } from "../../lib/i18n";
import { toast } from "../../shell/toasts";
import type { CommandContext } from "../commands/command";
import { saidAtom } from "../state/atoms";
import { blankRule, isEditable } from "./columns";
import { putFaultyAtom } from "./editing";
import { at, rectangleOf, selectionAtom, type Rectangle, type Selection } from "./selection";
import { typedText, valueIn } from "./texts";
import { readTsv, writeTsv } from "./tsv";
import { focusAtom } from "./view";
import { changeOf, writeTexts, type Entry } from "./write";

/** More new rules than this at once are a slip. */
const MOST_PASTED = 10_000;

export function say({ atoms }: CommandContext, text: string): void {
  atoms.set(saidAtom, text);
}

/** The rectangle that is selected; whole rules are as wide as the grid. */
export function chosen({ selection, view }: CommandContext): Rectangle {
  const rectangle = rectangleOf(selection);
  return selection.rows ? { ...rectangle, left: 0, right: view.columns.length - 1 } : rectangle;
}

export function chosenRules(context: CommandContext): readonly RuleState[] {
  const { top, bottom } = chosen(context);
  return context.view.rules.slice(top, bottom + 1);
}

export function chosenIds(context: CommandContext): string[] {
  return chosenRules(context).map(({ id }) => id);
}

/** Puts the cursor into a cell and the cell into sight. What was changed is drawn first: the next key is for this cell. */
export function goTo({ atoms }: CommandContext, row: number, column: number): void {
  select(atoms, at(row, column));
}

function select(atoms: CommandContext["atoms"], selection: Selection): void {
  flushSync(() => atoms.set(selectionAtom, selection));
  const { row, column } = selection.cursor;
  atoms.get(focusAtom)?.show(row, column);
}

export function copiedText(context: CommandContext): string {
  const { left, right } = chosen(context);
  const columns = context.view.columns.slice(left, right + 1);
  return writeTsv(chosenRules(context).map((rule) => columns.map((column) => typedText(rule, column))));
}

function changesFor(context: CommandContext, one: (rule: RuleState, column: number) => Change | null): Change[] {
  const { left, right } = chosen(context);
  return chosenRules(context).flatMap((rule) => {
    const columns = Array.from({ length: right - left + 1 }, (_each, step) => left + step);
    return columns.flatMap((column) => (isEditable(context.view.columns[column]) ? (one(rule, column) ?? []) : []));
  });
}

export function clearCells(context: CommandContext, label: string): void {
  const { columns } = context.view;
  const changes = changesFor(context, (rule, column) => changeOf(rule.id, columns[column] as (typeof columns)[number], null));
  context.edit((state) => tableGestures.setCells(state, changes), { label, whole: false });
  forgetTexts(context);
}

/** The selected cells are as the draft has them; those of one rule stay as they are. */
function forgetTexts(context: CommandContext, except?: string): void {
  const { left, right } = chosen(context);
  const keys = context.view.columns.slice(left, right + 1).map(({ key }) => key);
  const rules = chosenRules(context).filter(({ id }) => id !== except);
  context.atoms.set(putFaultyAtom, rules.flatMap((rule) => keys.map((key) => ({ rule: rule.id, key, faulty: null }))));
}

/** The first selected row into the others; with one row selected, the row above it. */
export function fillDown(context: CommandContext): void {
  const { top, bottom } = chosen(context);
  const from = top === bottom ? top - 1 : top;
  const source = context.view.rules[from];
  if (!source) return;
  const { columns } = context.view;
  const changes = changesFor(context, (rule, column) => {
    const target = columns[column];
    return rule.id === source.id || !target ? null : changeOf(rule.id, target, valueIn(source, target));
  });
  if (context.edit((state) => tableGestures.setCells(state, changes), { label: _("Fill down"), whole: false })) say(context, _("Filled down."));
  forgetTexts(context, source.id);
}

/** The texts of the clipboard from the first selected cell on; one text fills everything that is selected. */
export function pasteText(context: CommandContext, text: string): void {
  const table = readTsv(text);
  const { top, bottom, left, right } = chosen(context);
  const width = Math.max(...table.map((row) => row.length));
  if (top + table.length > MOST_PASTED) return toast(_("This is too much to paste at once."), "warning");
  const entries: Entry[] = [];
  const single = table.length === 1 && width === 1;
  // What is selected is filled when it is a multiple of what is pasted.
  const high = Math.max(table.length, (bottom - top + 1) % table.length === 0 ? bottom - top + 1 : 0);
  const wide = Math.max(width, single ? right - left + 1 : 0);
  for (let row = 0; row < high; row += 1) {
    const cells = table[row % table.length] ?? [];
    if (row + top >= context.view.rules.length && context.view.filtered) break;
    for (let column = 0; column < wide; column += 1) {
      const cell = cells[single ? 0 : column];
      if (cell !== undefined) entries.push({ row: top + row, column: left + column, text: cell });
    }
  }
  const pasted = _n("Pasted {n} rule", "Pasted {n} rules", high);
  const told = (refused: number): void => say(context, refused === 0 ? `${pasted}.` : `${pasted}, ${_n("{n} cell not taken", "{n} cells not taken", refused)}.`);
  writeTexts(context, entries, _("Paste"), told);
  const last = { row: top + high - 1, column: Math.min(left + wide - 1, context.view.columns.length - 1) };
  context.atoms.set(selectionAtom, { anchor: { row: top, column: left }, cursor: last, rows: false });
}

/** A new rule behind the selected ones; `before`: in front of them. */
export function insertRule(context: CommandContext, where: "behind" | "before"): void {
  const { top, bottom } = chosen(context);
  const { rules } = context.view;
  const row = where === "behind" ? Math.min(bottom + 1, rules.length) : Math.min(top, rules.length);
  const after = rules[row - 1]?.id ?? null;
  if (!context.edit(() => tableGestures.addRules([blankRule(newUuid())], after), { label: _("Insert a rule") })) return;
  goTo(context, row, context.selection.cursor.column);
  say(context, _("Rule {n} inserted.", { n: row + 1 }));
}

export function removeChosen(context: CommandContext): void {
  const ids = chosenIds(context);
  const { top } = chosen(context);
  if (!context.edit((state) => tableGestures.removeRules(state, ids), { label: _n("Delete {n} rule", "Delete {n} rules", ids.length) })) return;
  goTo(context, Math.max(0, Math.min(top, context.view.rules.length - ids.length - 1)), context.selection.cursor.column);
  say(context, _n("{n} rule deleted.", "{n} rules deleted.", ids.length));
}

export function duplicateChosen(context: CommandContext): void {
  const { bottom } = chosen(context);
  const rules = chosenRules(context);
  const copies = rules.map((rule): RuleState => ({ ...rule, id: newUuid() }));
  const label = _n("Duplicate {n} rule", "Duplicate {n} rules", copies.length);
  if (context.edit(() => tableGestures.addRules(copies, rules.at(-1)?.id ?? null), { label })) goTo(context, bottom + 1, context.selection.cursor.column);
}

/** The selected rules one place up or down, or behind a row (`behind` counts what is shown; -1 is the beginning). */
export function moveChosen(context: CommandContext, behind: number): void {
  const ids = chosenIds(context);
  const { top, bottom } = chosen(context);
  const after = context.view.rules[behind]?.id ?? null;
  const label = _n("Move {n} rule", "Move {n} rules", ids.length);
  if (!context.edit((state) => tableGestures.moveRules(state, ids, after), { label })) return;
  const first = behind < top ? behind + 1 : behind - (bottom - top);
  const { cursor, rows } = context.selection;
  const height = bottom - top;
  select(context.atoms, { anchor: { row: first, column: cursor.column }, cursor: { row: first + height, column: cursor.column }, rows: rows || height > 0 });
  say(context, _("Moved to place {n}.", { n: first + 1 }));
}

export function toggleEnabled(context: CommandContext): void {
  const rules = chosenRules(context);
  const disable = rules.some((rule) => rule["enabled"] !== false);
  const changes = rules.map((rule): Change => ({ rule: rule.id, field: "enabled", cell: disable ? false : null }));
  context.edit((state) => tableGestures.setCells(state, changes), { label: disable ? _("Disable rules") : _("Enable rules"), whole: false });
}
