/** The node types as people look for them: in groups, or best first while they type. */
import { _ } from "../../lib/i18n";
import type { NodeType } from "./catalogue";
import { entryLikeness } from "../../lib/fuzzy";

export interface TypeGroup {
  readonly name: string;
  readonly types: readonly NodeType[];
}

/** Made by imports alone, and by a command of its own. */
const HIDDEN: ReadonlySet<string> = new Set(["placeholder", "sticky_note"]);

const NAMES: Readonly<Record<string, () => string>> = {
  trigger: () => _("Triggers"),
  connect: () => _("Connect"),
  flow: () => _("Flow"),
  data: () => _("Data"),
  ai: () => _("AI"),
};

const WORDS: Readonly<Record<string, () => string>> = {
  manual: () => _("start button click"),
  http_request: () => _("api rest call url fetch"),
  set: () => _("edit fields assign"),
  if: () => _("condition branch true false"),
  code: () => _("javascript python script function"),
  send_email: () => _("mail smtp"),
  schedule: () => _("cron timer interval"),
  split_out: () => _("list array explode"),
  aggregate: () => _("collect list group"),
  wait: () => _("sleep delay pause"),
};

/** Those that can be added, as they are told: triggers first. */
export function typeGroups(types: readonly NodeType[]): TypeGroup[] {
  const byCategory = new Map(Object.keys(NAMES).map((name) => [name, [] as NodeType[]]));
  for (const type of types) {
    if (HIDDEN.has(type.type)) continue;
    const list = byCategory.get(type.category) ?? [];
    byCategory.set(type.category, [...list, type]);
  }
  const groups = [...byCategory].map(([category, found]) => ({ name: NAMES[category]?.() ?? category, types: found.toSorted(byName) }));
  return groups.filter(({ types: found }) => found.length > 0);
}

/** The groups, or while something is searched one list, best first. */
export function foundGroups(types: readonly NodeType[], query: string): TypeGroup[] {
  if (query.trim() === "") return typeGroups(types);
  const scored = types
    .filter(({ type }) => !HIDDEN.has(type))
    .map((type) => [type, entryLikeness(query, textsOf(type))] as const)
    .filter(([, score]) => score > 0)
    .toSorted(([one, left], [other, right]) => right - left || byName(one, other));
  return scored.length > 0 ? [{ name: _("Found"), types: scored.map(([type]) => type) }] : [];
}

function textsOf({ type, name, description, category }: NodeType) {
  return [[name, 3], [type, 2], [WORDS[type]?.() ?? "", 2], [NAMES[category]?.() ?? category, 1], [description, 1]] as const;
}

function byName(one: NodeType, other: NodeType): number {
  return one.name.localeCompare(other.name);
}
