/** A comparison, down to the cell: before and after. */
import { ArrowUpDown, CircleMinus, CirclePlus, PenLine } from "lucide-react";
import { useSetAtom } from "jotai";
import { useEffect } from "react";
import { _ } from "../../../lib/i18n";
import { putMarksAtom } from "../../state/marks";
import type { CellChange, Diff, Json } from "../../server/types";
import { useTable } from "../desk";
import { RuleLink } from "../RuleLink";
import { shownValue } from "../values";
import { cellName, columnChanges, columnNames, diffMarks, isSame, settingName, sideText, type NameOf } from "./diff-text";

const MOST = 100;
const GLYPHS = { added: CirclePlus, removed: CircleMinus, changed: PenLine, moved: ArrowUpDown } as const;
const WORDS = { added: () => _("added"), removed: () => _("removed"), changed: () => _("changed"), moved: () => _("moved") } as const;

/** `marks`: the grid shows what the comparison leads to, so its cells are marked. */
export function DiffView({ diff, marks }: { readonly diff: Diff; readonly marks: boolean }) {
  const mark = useSetAtom(putMarksAtom);
  useEffect(() => {
    mark("diff", marks ? diffMarks(diff) : []);
    return () => mark("diff", []);
  }, [diff, marks, mark]);
  const nameOf = columnNames(useTable());
  if (isSame(diff)) return <p className="muted">{_("There is no difference.")}</p>;
  return (
    <ul className="diff-items">
      {diff.settings.map(({ field, old, new: now }) => (
        <Entry key={field} change="changed" name={settingName(field)}>
          <Sides old={shownValue(old)} now={shownValue(now)} />
        </Entry>
      ))}
      {diff.columns.map((column) => (
        <Entry key={`${column.side} ${column.name} ${column.change}`} change={column.change} name={_("Column “{name}”", { name: column.name })}>
          {column.change === "changed" && <ColumnSides old={column.old} now={column.new} />}
        </Entry>
      ))}
      {diff.rules.slice(0, MOST).map((rule) => (
        <Entry key={`${rule.rule_id} ${rule.change}`} change={rule.change} name={rule.change === "removed" ? _("Rule {n} of before", { n: rule.row.old ?? 0 }) : <RuleLink id={rule.rule_id} />}>
          {rule.cells.map((cell, at) => (
            <Cell key={at} cell={cell} nameOf={nameOf} change={rule.change} />
          ))}
        </Entry>
      ))}
      {diff.rules.length > MOST && <li className="muted">{_("And {n} more rules.", { n: diff.rules.length - MOST })}</li>}
    </ul>
  );
}

function Entry({ change, name, children }: { readonly change: keyof typeof GLYPHS; readonly name: React.ReactNode; readonly children?: React.ReactNode }) {
  const Glyph = GLYPHS[change];
  return (
    <li className="diff-item" data-change={change}>
      <p className="diff-item-head">
        <Glyph size={13} aria-hidden="true" />
        {name} <span className="muted">{WORDS[change]()}</span>
      </p>
      {children}
    </li>
  );
}

function Cell({ cell, nameOf, change }: { readonly cell: CellChange; readonly nameOf: NameOf; readonly change: keyof typeof GLYPHS }) {
  return (
    <div className="diff-cell">
      <span className="muted">{cellName(cell, nameOf)}</span>
      <Sides old={change === "added" ? null : sideText(cell.part, cell.old)} now={change === "removed" ? null : sideText(cell.part, cell.new)} />
    </div>
  );
}

function ColumnSides({ old, now }: { readonly old: Json; readonly now: Json }) {
  return columnChanges(old, now).map((each) => (
    <div key={each.member} className="diff-cell">
      <span className="muted">{each.member}</span>
      <Sides old={shownValue(each.old)} now={shownValue(each.now)} />
    </div>
  ));
}

/** Before and after; null where there is no such side. */
function Sides({ old, now }: { readonly old: string | null; readonly now: string | null }) {
  return (
    <span className="diff-sides">
      {old !== null && <del>{old}</del>} {now !== null && <ins>{now}</ins>}
    </span>
  );
}
