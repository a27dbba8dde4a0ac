/** A row of the outline as a sentence, for screen readers and for reading. */
import { nameOf } from "../../doc";
import { _, _n } from "../../lib/i18n";
import type { Catalogue } from "../catalogue/catalogue";
import type { Values } from "../catalogue/ports";
import { summaryOf } from "../catalogue/summary";
import { waitWords } from "../runs/waiting";
import type { NodeRun } from "../state/overlay";
import type { OutlineRow } from "./outline";

/** “HTTP request · GET /leads”. */
export function kindOf(row: OutlineRow, catalogue: Catalogue): string {
  const type = catalogue.get(row.node.type);
  if (!type) return _("{type}, not installed here", { type: row.node.type });
  const summary = summaryOf(type, (row.node["parameters"] ?? {}) as Values);
  return [type.name, summary].filter((part) => part !== "").join(" · ");
}

/** “then Save to CRM”, “when hot → Draft reply, when warm → Nurture”. */
export function followsOf({ next, isJump }: OutlineRow): string {
  if (isJump) return _("stands further up");
  const [only] = next;
  if (!only) return _("nothing follows");
  if (next.length === 1 && only.port === null) return _("then {name}", { name: only.name });
  return next.map(({ port, name }) => (port === null ? _("then {name}", { name }) : _("when {port} → {name}", { port: port.replaceAll("_", " "), name }))).join(", ");
}

export function statusOf(run: NodeRun | null): string {
  switch (run?.status) {
    case undefined:
      return "";
    case "success":
      return _n("succeeded with {n} item", "succeeded with {n} items", run.itemsOut);
    case "error":
      return _("failed: {message}", { message: run.error?.message ?? "" });
    case "running":
      return _("is running");
    case "waiting":
      return run.wait ? waitWords(run.wait) : _("is waiting");
    case "queued":
      return _("is queued");
    case "skipped":
      return _("was skipped");
    case "canceled":
      return _("was canceled");
  }
}

export function sentenceOf(row: OutlineRow, catalogue: Catalogue, run: NodeRun | null, faults = 0): string {
  const when = row.branch === null ? "" : _("When {port}:", { port: row.branch.replaceAll("_", " ") });
  const disabled = row.node["disabled"] === true ? _("disabled") : "";
  const pinned = Array.isArray(row.node["pinned_data"]) ? _("with pinned data") : "";
  const problems = faults > 0 ? _n("{n} problem", "{n} problems", faults) : "";
  const facts = [nameOf(row.node), kindOf(row, catalogue), disabled, pinned, problems, statusOf(run), followsOf(row)].filter((part) => part !== "");
  if (row.isJump) return `${when} ${_("goes on at {name}, which stands elsewhere", { name: nameOf(row.node) })}.`.trim();
  return `${when} ${facts.join(", ")}.`.trim();
}
