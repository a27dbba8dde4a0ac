/** What changed between two states of a table, as texts and as marks in the grid. */
import type { JsonObject, TableState } from "../../../doc";
import { isObject } from "../../../doc/json";
import { _ } from "../../../lib/i18n";
import type { Mark, MarkTone } from "../../state/marks";
import type { CellChange, Condition, Diff, Json } from "../../server/types";
import { conditionText, shownValue } from "../values";

const SETTINGS: Readonly<Record<string, () => string>> = {
  hit_policy: () => _("Hit policy"),
  aggregation: () => _("Aggregation"),
  default_outputs: () => _("Defaults"),
  metadata: () => _("Metadata"),
  requires: () => _("Required tables"),
};

const PARTS: Partial<Readonly<Record<CellChange["part"], () => string>>> = {
  annotation: () => _("Note"),
  priority: () => _("Priority"),
  enabled: () => _("Enabled"),
};

export function settingName(field: string): string {
  return SETTINGS[field]?.() ?? field;
}

export type NameOf = (column: string) => string;

/** Columns by the names that people see. */
export function columnNames(table: TableState): NameOf {
  const labels = new Map([...table.input_columns, ...table.output_columns].map((column) => [column.name, typeof column["label"] === "string" && column["label"] !== "" ? column["label"] : column.name]));
  return (name) => labels.get(name) ?? name;
}

export function cellName({ column, part }: CellChange, nameOf: NameOf): string {
  return PARTS[part]?.() ?? nameOf(column ?? "");
}

/** One side of a change; empty cells are a dash. */
export function sideText(part: CellChange["part"] | "setting", value: Json | undefined): string {
  if (value === null || value === undefined) return "–";
  if (part === "condition" && Array.isArray(value)) return value.map((each) => conditionText(each as unknown as Condition)).join(", ") || "–";
  if (part === "output" && isObject(value) && typeof value["feel"] === "string") return `= ${value["feel"]}`;
  if (part === "enabled") return value === true ? _("yes") : _("no");
  return shownValue(value);
}

/** Only the members of a column that differ. */
export function columnChanges(old: Json, now: Json): readonly { readonly member: string; readonly old: Json; readonly now: Json }[] {
  if (!isObject(old) || !isObject(now)) return [];
  const members = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  const at = (value: JsonObject, member: string): Json => value[member] ?? null;
  return members.filter((member) => JSON.stringify(at(old, member)) !== JSON.stringify(at(now, member))).map((member) => ({ member, old: at(old, member), now: at(now, member) }));
}

const TONES: Readonly<Record<Diff["rules"][number]["change"], MarkTone>> = { added: "added", removed: "removed", changed: "changed", moved: "changed" };

/** Marks on the state that the comparison leads to. */
export function diffMarks({ rules }: Diff): readonly Mark[] {
  return rules.flatMap(({ change, rule_id, cells }): readonly Mark[] => {
    const whole: Mark = { kind: "diff", tone: TONES[change], rule: rule_id };
    if (change !== "changed") return [whole];
    return cells.flatMap(({ column, part, old }): readonly Mark[] => {
      if (column === null) return [whole];
      const side = part === "output" ? ("output_columns" as const) : ("input_columns" as const);
      return [{ kind: "diff", tone: "changed", rule: rule_id, column, side, message: _("Was: {value}", { value: sideText(part, old) }) }];
    });
  });
}

export function isSame({ columns, rules, settings }: Diff): boolean {
  return columns.length === 0 && rules.length === 0 && settings.length === 0;
}
