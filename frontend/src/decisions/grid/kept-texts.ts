/** Texts that no cell took, kept by this browser for each table until the cell is written, or its rule or column goes. */
import { useStore } from "jotai";
import { useEffect } from "react";
import { columnOf, ruleOf, type DocumentStore, type Json, type Side, type TableState } from "../../doc";
import { cellOf } from "../../doc/table/cells";
import { isList, isObject, same } from "../../doc/json";
import type { CommandContext } from "../commands/command";
import { useTableModel } from "../state/model";
import { faultyAtom, putFaultyAtom, type FaultyChange } from "./editing";

type Atoms = CommandContext["atoms"];

/** A text with what its cell had then: where that has changed, the text is of the past. */
type Kept = { readonly rule: string; readonly key: string; readonly text: string; readonly fault: string; readonly cell: Json };

const MOST = 500;
const MOST_CHARACTERS = 200_000;
const SIDES: readonly (readonly [string, Side])[] = [["in:", "input_columns"], ["out:", "output_columns"]];

const nameOf = (table: string): string => `exprsn.table.${table}.refused`;

/** What a cell has; undefined where there is none. */
function cellAt(state: TableState, id: string, key: string): Json | undefined {
  const rule = ruleOf(state, id);
  if (!rule) return undefined;
  const [prefix, side] = SIDES.find(([each]) => key.startsWith(each)) ?? [];
  if (prefix === undefined || side === undefined) return rule[key] ?? null;
  const name = key.slice(prefix.length);
  return columnOf(state, side, name) && cellOf(rule, side, name);
}

function isKept(value: Json): boolean {
  return isObject(value) && ["rule", "key", "text", "fault"].every((name) => typeof value[name] === "string") && value["cell"] !== undefined;
}

function read(table: string): readonly Kept[] {
  try {
    const found = JSON.parse(localStorage.getItem(nameOf(table)) ?? "[]") as Json;
    return isList(found) ? (found.filter(isKept) as unknown as readonly Kept[]) : [];
  } catch {
    return [];
  }
}

function write(table: string, kept: readonly Kept[]): void {
  let room = MOST_CHARACTERS;
  const fitting = kept.slice(-MOST).filter((each) => (room -= JSON.stringify(each).length) >= 0);
  try {
    if (fitting.length > 0) localStorage.setItem(nameOf(table), JSON.stringify(fitting));
    else localStorage.removeItem(nameOf(table));
  } catch {
    // A browser that keeps nothing loses no more than these.
    return;
  }
}

function shown(atoms: Atoms): readonly Omit<Kept, "cell">[] {
  return [...atoms.get(faultyAtom)].flatMap(([rule, cells]) => [...cells].map(([key, { text, fault }]) => ({ rule, key, text, fault })));
}

/** From now on; what was kept before is shown again at once. The answer ends it. */
export function keepTexts(atoms: Atoms, store: DocumentStore<TableState>, table: string): () => void {
  let state = store.state();
  const known = read(table).filter(({ rule, key, cell }) => same(cellAt(state, rule, key), cell));
  atoms.set(putFaultyAtom, known.map(({ rule, key, text, fault }): FaultyChange => ({ rule, key, faulty: { text, fault } })));
  const save = (): void => {
    const now = store.state();
    const told = shown(atoms).filter(({ fault }) => fault !== "");
    write(table, told.flatMap((each) => {
      const cell = cellAt(now, each.rule, each.key);
      return cell === undefined ? [] : [{ ...each, cell }];
    }));
  };
  const look = (): void => {
    const before = state;
    state = store.state();
    if (state === before) return;
    const past = shown(atoms).filter(({ rule, key }) => {
      const had = cellAt(before, rule, key);
      const has = cellAt(state, rule, key);
      return has === undefined || (had !== undefined && !same(had, has));
    });
    if (past.length > 0) atoms.set(putFaultyAtom, past.map(({ rule, key }): FaultyChange => ({ rule, key, faulty: null })));
  };
  save();
  const stops = [atoms.sub(faultyAtom, save), store.subscribe(look)];
  return () => stops.forEach((stop) => stop());
}

export function useKeptTexts(): void {
  const { document, props } = useTableModel();
  const atoms = useStore();
  useEffect(() => keepTexts(atoms, document.store, props.table.id), [atoms, document, props]);
}
