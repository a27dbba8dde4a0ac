/** What a run begins with: the triggers there are, and data for them. */
import { nameOf, type JsonObject, type NodeState, type WorkflowState } from "../../doc";
import type { Catalogue } from "../catalogue/catalogue";

const KEPT = "exprsn.run-sample.";

/** The triggers that could start a run, in the order of the document. */
export function triggersOf(state: WorkflowState, catalogue: Catalogue): readonly NodeState[] {
  return state.nodes.filter((node) => catalogue.get(node.type)?.is_trigger === true && node["disabled"] !== true);
}

export function triggerOptions(triggers: readonly NodeState[]): { value: string; label: string }[] {
  return triggers.map((node) => ({ value: node.id, label: nameOf(node) }));
}

/** What a trigger of this type hands on, for a first try. */
export function exampleFor(trigger: NodeState | undefined): unknown {
  if (trigger?.type === "webhook") {
    const methods = (trigger["parameters"] as JsonObject | undefined)?.["methods"];
    const method = Array.isArray(methods) && typeof methods[0] === "string" ? methods[0] : "POST";
    return { body: {}, headers: {}, query: {}, params: {}, method };
  }
  return {};
}

/** The data of items, as `trigger_data` takes them: one by itself, several as a list. */
export function dataOfItems(items: unknown): unknown {
  if (!Array.isArray(items) || items.length === 0) return null;
  const data = items.map((item: unknown) => (typeof item === "object" && item !== null && "json" in item ? item.json : item));
  return data.length === 1 ? data[0] : data;
}

export type Parsed = { readonly data: unknown } | { readonly problem: string };

export function parsed(text: string): Parsed {
  if (text.trim() === "") return { data: null };
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === "object" ? { data } : { problem: "" };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

export function keptSample(workflow: string, trigger: string): string | null {
  try {
    return localStorage.getItem(`${KEPT}${workflow}.${trigger}`);
  } catch {
    return null;
  }
}

/** A browser that keeps nothing loses no more than the sample. */
export function keepSample(workflow: string, trigger: string, text: string): void {
  try {
    localStorage.setItem(`${KEPT}${workflow}.${trigger}`, text);
  } catch {
    return;
  }
}
