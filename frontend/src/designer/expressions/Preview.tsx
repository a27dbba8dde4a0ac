/** The line below an expression: what it comes to for an item, or what is wrong. */
import { ChevronLeft, ChevronRight, CircleAlert } from "lucide-react";
import { useState } from "react";
import { _, _n } from "../../lib/i18n";
import { IconButton } from "../../ui/Button";
import { classes } from "../../ui/classes";
import type { EditorFault } from "./editor/options";
import { AllResults } from "./AllResults";
import { typeWord, valueText } from "./text";
import type { PreviewItem } from "./types";
import type { PreviewResult } from "./use-preview";

/** More than that is shown only when it is asked for. */
const SHORT = 240;
const WHOLE = 60_000;

export function Preview({ result }: { readonly result: PreviewResult }) {
  const { answer, refusal, isStale } = result;
  const item = answer?.items[0];
  if (!answer) return <p className={classes("preview", refusal ? "is-error" : "is-empty")}>{refusal || "\u00a0"}</p>;
  return (
    <div className={classes("preview", isStale && "is-stale")} aria-busy={isStale}>
      {item ? <Result item={item} /> : <span className="preview-none">{_("No items arrive here.")}</span>}
      {answer.source ? <Stepper result={result} count={answer.count} /> : <p className="preview-none">{_("No data yet: run the workflow once, or pin data.")}</p>}
    </div>
  );
}

/** One result: a value with its type, or an error. */
export function Result({ item }: { readonly item: PreviewItem }) {
  const [isWhole, setWhole] = useState(false);
  if (item.error) {
    return (
      <span className="preview-error">
        <CircleAlert size={13} aria-hidden="true" /> <bdi>{item.error.message}</bdi>
      </span>
    );
  }
  const text = valueText(item.value, item.type, isWhole ? WHOLE : SHORT);
  return (
    <span className="preview-result">
      <bdi className={classes("preview-value", isWhole && "is-whole")}>
        <span aria-hidden="true">= </span>
        {text}
      </bdi>
      <span className="preview-type">{typeWord(item.type ?? "")}</span>
      {text.length > SHORT && !isWhole && (
        <button type="button" className="preview-link" onClick={() => setWhole(true)}>
          {_("Show all")}
        </button>
      )}
      {isWhole && item.truncated && <span className="preview-none">{_("The rest is cut.")}</span>}
    </span>
  );
}

function Stepper({ result, count }: { readonly result: PreviewResult; readonly count: number }) {
  const { item, show } = result;
  if (count < 2) return null;
  const at = _("item {n} of {count}", { n: item + 1, count });
  return (
    <span className="preview-stepper">
      <IconButton size="small" icon={<ChevronLeft size={13} aria-hidden="true" />} label={_("Previous item")} tooltip={false} disabled={item === 0} onClick={() => show(item - 1)} />
      {result.all ? <AllResults label={at} all={result.all} current={item} show={show} hint={_n("{n} item", "{n} items", count)} /> : at}
      <IconButton size="small" icon={<ChevronRight size={13} aria-hidden="true" />} label={_("Next item")} tooltip={false} disabled={item + 1 >= count} onClick={() => show(item + 1)} />
    </span>
  );
}

/** What the editor is to mark. A result of a former text marks nothing: its places have moved. */
export function faultOf({ answer, isStale }: PreviewResult): EditorFault | null {
  const error = isStale ? undefined : answer?.items[0]?.error;
  if (!error) return null;
  const isPlaced = typeof error.line === "number" && typeof error.column === "number";
  return { message: error.message, ...(isPlaced ? { position: { line: error.line as number, column: error.column as number } } : {}) };
}
