/** Above the grid: what is added, and which rules are shown. */
import { ListPlus, LogIn, LogOut } from "lucide-react";
import { useAtom, useAtomValue } from "jotai";
import { useEffect, useRef } from "react";
import { _, _n, number } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { Search } from "../../ui/Search";
import { useRun } from "../commands/use-commands";
import { filterAtom, filterOpenAtom, readOnlyAtom } from "../state/atoms";

export function Toolbar({ shown, all }: { readonly shown: number; readonly all: number }) {
  const run = useRun();
  const readOnly = useAtomValue(readOnlyAtom);
  return (
    <div className="decision-tools" role="toolbar" aria-label={_("Table")}>
      {!readOnly && (
        <>
          <Button size="small" icon={<ListPlus size={14} />} onClick={() => run("rule.insert")}>
            {_("Rule")}
          </Button>
          <Button size="small" variant="ghost" icon={<LogIn size={14} />} onClick={() => run("column.input")}>
            {_("Input")}
          </Button>
          <Button size="small" variant="ghost" icon={<LogOut size={14} />} onClick={() => run("column.output")}>
            {_("Output")}
          </Button>
        </>
      )}
      <span className="decision-count" role="status">
        {shown === all ? _n("{n} rule", "{n} rules", all) : _("{shown} of {all} rules", { shown: number(shown), all: number(all) })}
      </span>
      <FilterField />
    </div>
  );
}

function FilterField() {
  const [filter, setFilter] = useAtom(filterAtom);
  const [open, setOpen] = useAtom(filterOpenAtom);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!open) return;
    field.current?.focus();
    field.current?.select();
    setOpen(false);
  }, [open, setOpen]);
  return <Search ref={field} className="decision-filter" label={_("Filter rules")} keys="Mod+F" value={filter} onChange={setFilter} />;
}
