/** Texts into cells: what fits is one gesture, what does not stays in sight with its fault. */
import { tableGestures, newUuid, type Draft, type RuleState, type TableState } from "../../doc";
import type { Change, RuleField } from "../../doc/table/gestures";
import { _ } from "../../lib/i18n";
import type { CommandContext } from "../commands/command";
import { feelFault, feelTexts, knownFault } from "../editors/feel-check";
import { blankRule, isEditable, keyOf as columnKey, type GridColumn } from "./columns";
import { putFaultyAtom, type FaultyChange } from "./editing";
import { showTexts } from "./text-steps";
import { readText } from "./texts";

export interface Entry {
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

/** What texts become. */
interface Plan {
  readonly changes: readonly Change[];
  readonly rules: readonly RuleState[];
  readonly faulty: readonly FaultyChange[];
  /** The expressions among them, with where they are. */
  readonly feel: readonly (FaultyChange & { readonly kind: "unary_tests" | "expression"; readonly feel: string })[];
}

/** From so many expressions on, they are looked at before they are sent. */
const MANY = 2;
/** So long an answer is waited for; then the server decides when it is sent. */
const PATIENCE_MS = 2_000;

export function changeOf(rule: string, column: GridColumn, cell: Change["cell"]): Change | null {
  if (column.kind === "cell") return { rule, side: column.side, column: column.column.name, cell };
  return column.kind === "beside" ? null : { rule, field: column.key satisfies RuleField, cell };
}

function planOf({ view }: CommandContext, entries: readonly Entry[]): Plan {
  const fresh = new Map<number, RuleState>();
  const changes: Change[] = [];
  const faulty: FaultyChange[] = [];
  const feel: Plan["feel"][number][] = [];
  for (const { row, column: at, text } of entries) {
    const column = view.columns[at];
    if (!column || !isEditable(column)) continue;
    const present = view.rules[row];
    const id = present?.id ?? fresh.get(row)?.id ?? newUuid();
    const read = readText(text, column);
    const { key } = column;
    if (!present && !fresh.has(row)) {
      if ("cell" in read && read.cell === null) continue;
      fresh.set(row, blankRule(id));
    }
    faulty.push({ rule: id, key, faulty: "fault" in read ? { text, fault: read.fault } : null });
    const change = "cell" in read ? changeOf(id, column, read.cell) : null;
    if (!change) continue;
    const kind = column.kind === "cell" && column.side === "input_columns" ? "unary_tests" : "expression";
    if (column.kind === "cell") for (const each of feelTexts(change.cell)) feel.push({ rule: id, key, kind, feel: each, faulty: { text, fault: "" } });
    if (present) changes.push(change);
    else fresh.set(row, tableGestures.changedRule(fresh.get(row) ?? blankRule(id), change));
  }
  const rules = [...fresh].toSorted(([one], [other]) => one - other).map(([, rule]) => rule);
  return { changes, rules, faulty, feel };
}

type Expression = Plan["feel"][number];
type Answered = Expression & { readonly fault: string | null };

function keyOf(change: Change): string {
  return "field" in change ? change.field : columnKey(change.side, change.column);
}

/** Without what the server cannot read: that stays as text in its cell. */
function sifted({ view }: CommandContext, plan: Plan, answers: readonly Answered[]): Plan {
  const bad = answers.filter(({ fault }) => fault !== null);
  const isBad = (rule: string, key: string): boolean => bad.some((each) => each.rule === rule && each.key === key);
  const rules = plan.rules.map((rule) => {
    const columns = view.columns.filter(({ key }) => isBad(rule.id, key));
    return columns.reduce((made, column) => emptied(made, column), rule);
  });
  const told = bad.map(({ rule, key, faulty, fault }): FaultyChange => ({ rule, key, faulty: { text: faulty?.text ?? "", fault: fault ?? "" } }));
  return { ...plan, rules, changes: plan.changes.filter((change) => !isBad(change.rule, keyOf(change))), faulty: [...plan.faulty, ...told] };
}

function emptied(rule: RuleState, column: GridColumn): RuleState {
  const change = changeOf(rule.id, column, null);
  return change ? tableGestures.changedRule(rule, change) : rule;
}

/** How many cells were not taken. */
function carryOut({ atoms, edit, model }: CommandContext, plan: Plan, label: string): number {
  const drafts = (state: TableState): Draft[] => [
    ...tableGestures.setCells(state, plan.changes),
    ...(plan.rules.length > 0 ? tableGestures.addRules(plan.rules, state.rules.at(-1)?.id ?? null) : []),
  ];
  // One that is refused does not hold the others.
  const joined = edit(drafts, { label, whole: plan.rules.length > 0 });
  // What was said last of a cell counts.
  const texts = [...new Map(plan.faulty.map((each) => [`${each.rule} ${each.key}`, each])).values()];
  showTexts(atoms, model, texts, { label, joined });
  return texts.filter(({ faulty }) => faulty !== null).length;
}

/** Writes texts as if they had been typed; `told` learns how many cells were not taken. Rows behind the last rule become new rules. */
export function writeTexts(context: CommandContext, entries: readonly Entry[], label: string, told: (refused: number) => void = () => {}): void {
  if (context.readOnly) return;
  const plan = planOf(context, entries);
  const names = context.state.input_columns.map(({ name }) => name);
  if (plan.feel.length < MANY) {
    // What is known is told at once; the rest the server decides when it is sent.
    const answers = plan.feel.map((each) => ({ ...each, fault: knownFault(each.kind, each.feel, names) }));
    told(carryOut(context, sifted(context, plan, answers), label));
    return;
  }
  // One that is refused would hold the others: so the server is asked first. Meanwhile what was typed is in sight.
  context.atoms.set(putFaultyAtom, plan.feel);
  const late = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null));
  const asked = plan.feel.map(async (each) => ({ ...each, fault: await Promise.race([feelFault(each.kind, each.feel, names), late]) }));
  void Promise.all(asked).then((answers) => told(carryOut(context, sifted(context, plan, answers), label)));
}

export function typeInto(context: CommandContext, entry: Entry): void {
  const title = context.view.columns[entry.column];
  writeTexts(context, [entry], title?.kind === "cell" ? _("Type into {column}", { column: title.column.name }) : _("Type"));
}
