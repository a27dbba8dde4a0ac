/** A card in one sentence, for those who hear it. */
import { nameOf, type NodeState } from "../../doc";
import { _, _n } from "../../lib/i18n";
import type { NodeType } from "../catalogue/catalogue";
import type { Values } from "../catalogue/ports";
import { summaryOf } from "../catalogue/summary";
import { waitWords } from "../runs/waiting";
import type { NodeRun, NodeRunStatus } from "../state/overlay";
import { NOTE } from "./flow-nodes";

const STATUS: Readonly<Record<NodeRunStatus, () => string>> = {
  queued: () => _("queued"),
  running: () => _("running"),
  waiting: () => _("waiting"),
  success: () => _("succeeded"),
  error: () => _("failed"),
  skipped: () => _("skipped"),
  canceled: () => _("canceled"),
};

export function statusWords(status: NodeRunStatus): string {
  return STATUS[status]?.() ?? status;
}

/** What stands in the second line of a card. */
export function cardSummary(node: NodeState, type: NodeType | undefined): string {
  if (!type) return _("{type} is not installed", { type: node.type });
  return summaryOf(type, (node["parameters"] ?? {}) as Values) || type.name;
}

/** “Fetch orders, HTTP request, GET /orders, succeeded, 12 items, 2 outputs connected”. */
export function cardLabel(node: NodeState, type: NodeType | undefined, run: NodeRun | null, connected: number): string {
  if (node.type === NOTE) return noteLabel(node);
  const summary = cardSummary(node, type);
  const parts = [
    nameOf(node),
    type?.name !== nameOf(node) && type?.name,
    summary !== type?.name && summary,
    node["disabled"] === true && _("disabled"),
    run && (run.wait ? waitWords(run.wait) : statusWords(run.status)),
    run && _n("{n} item", "{n} items", run.itemsOut),
    Array.isArray(node["pinned_data"]) && _("data pinned"),
    connected > 0 && _n("{n} output connected", "{n} outputs connected", connected),
  ];
  return parts.filter((part) => typeof part === "string" && part !== "").join(", ");
}

function noteLabel(node: NodeState): string {
  const { content } = (node["parameters"] ?? {}) as { content?: unknown };
  const text = typeof content === "string" ? content.replace(/[#*_`>]/g, "").trim() : "";
  return text === "" ? _("Empty note") : _("Note: {text}", { text: text.slice(0, 120) });
}
