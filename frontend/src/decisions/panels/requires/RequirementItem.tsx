/** One table that feeds this one: what it is given, and what it provides. */
import { ArrowRight, Pencil, Trash2 } from "lucide-react";
import { _ } from "../../../lib/i18n";
import { IconButton } from "../../../ui/Button";
import type { Requirement } from "../../server/types";

interface Props {
  readonly requirement: Requirement;
  readonly edit: (() => void) | undefined;
  readonly remove: (() => void) | undefined;
}

export function RequirementItem({ requirement: { table, inputs = {}, provides = {} }, edit, remove }: Props) {
  return (
    <li className="requirement-item">
      <div className="requirement-head">
        <a href={`/decisions/${encodeURIComponent(table)}/`}>{table}</a>
        <span className="spacer" />
        {edit && <IconButton size="small" icon={<Pencil size={13} />} label={_("Edit what “{name}” provides", { name: table })} onClick={edit} />}
        {remove && <IconButton size="small" icon={<Trash2 size={13} />} label={_("Remove “{name}”", { name: table })} onClick={remove} />}
      </div>
      <Pairs label={_("Given")} pairs={Object.entries(inputs).map(([theirs, mine]) => [mine, theirs])} />
      <Pairs label={_("Provides")} pairs={Object.entries(provides).map(([mine, theirs]) => [theirs, mine])} />
    </li>
  );
}

function Pairs({ label, pairs }: { readonly label: string; readonly pairs: readonly (readonly [string, string])[] }) {
  if (pairs.length === 0) return null;
  return (
    <div className="pairs">
      <span className="muted">{label}</span>
      <ul>
        {pairs.map(([from, to]) => (
          <li key={`${from} ${to}`}>
            <code>{from}</code> <ArrowRight size={12} aria-label={_("becomes")} /> <code>{to}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}
