import { useState } from "react";
import { _ } from "../../lib/i18n";
import { Popover } from "../../ui/Popover";
import { Spinner } from "../../ui/Spinner";
import { valueText } from "./text";
import type { PreviewAnswer } from "./types";

interface AllResultsProps {
  readonly label: string;
  readonly hint: string;
  readonly all: () => Promise<PreviewAnswer>;
  readonly current: number;
  readonly show: (item: number) => void;
}

const SHORT = 160;

/** "Item 1 of 12": pressing it lists the results of all items, up to a limit; choosing one goes there. */
export function AllResults({ label, hint, all, current, show }: AllResultsProps) {
  const [isOpen, setOpen] = useState(false);
  const [found, setFound] = useState<PreviewAnswer | string | null>(null);
  const toggle = (open: boolean): void => {
    setOpen(open);
    if (!open) return;
    setFound(null);
    all().then(setFound, (fault: unknown) => setFound(fault instanceof Error ? fault.message : String(fault)));
  };
  const trigger = (
    <button type="button" className="preview-link" title={_("Show all results")}>
      {label}
    </button>
  );
  return (
    <Popover trigger={trigger} label={hint} open={isOpen} onOpenChange={toggle} className="preview-list" align="end">
      {found === null ? <Spinner /> : typeof found === "string" ? <p className="preview-error">{found}</p> : <Rows answer={found} current={current} choose={(item) => (setOpen(false), show(item))} />}
    </Popover>
  );
}

function Rows({ answer, current, choose }: { readonly answer: PreviewAnswer; readonly current: number; readonly choose: (item: number) => void }) {
  const rest = answer.count - answer.items.length;
  return (
    <>
      <ol>
        {answer.items.map((each) => (
          <li key={each.item}>
            <button type="button" aria-current={each.item === current} className={each.error ? "preview-row is-error" : "preview-row"} onClick={() => choose(each.item)}>
              <span className="preview-index">{each.item + 1}</span>
              <bdi>{each.error ? each.error.message : valueText(each.value, each.type, SHORT)}</bdi>
            </button>
          </li>
        ))}
      </ol>
      {rest > 0 && <p className="preview-none">{_("… and {n} more", { n: rest })}</p>}
    </>
  );
}
