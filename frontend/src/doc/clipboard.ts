/** Parts of workflows as text: between tabs, by mail, and from n8n. */
import { isList, isObject, type Json, type JsonObject } from "./json";
import { LIMITS } from "./operations";
import type { Part } from "./copies";
import type { ConnectionState, NodeState } from "./workflow/state";

const FORMAT = "exprsn-nodes";
const VERSION = 1;
/** Longer text is no part of a workflow that could be pasted. */
const LONGEST = 8 * 1024 * 1024;

export type Clip =
  | { readonly kind: "part"; readonly part: Part }
  /** What n8n copies; an importer turns it into a part. */
  | { readonly kind: "n8n"; readonly document: JsonObject }
  | { readonly kind: "unknown"; readonly reason: "not_json" | "not_nodes" | "too_large" | "newer_version" };

/** Turns a document of n8n's into a part; on the server, by the import that files go through too. */
export type Importer = (document: JsonObject) => Promise<Part>;

export function clipText(part: Part): string {
  return JSON.stringify({ format: FORMAT, version: VERSION, ...part }, null, 2);
}

/** With the shapes that the server asks for; what a node says beyond these is checked when it runs. */
function isNode(value: Json): value is NodeState {
  if (!isObject(value)) return false;
  const { id, type, name = "", position = {}, parameters = {} } = value;
  const areTexts = typeof id === "string" && id !== "" && typeof type === "string" && typeof name === "string";
  return areTexts && isObject(parameters) && isObject(position) && Object.values(position).every((at) => typeof at === "number");
}

function isConnection(value: Json): value is ConnectionState {
  return isObject(value) && typeof value["source"] === "string" && typeof value["target"] === "string";
}

function partIn({ nodes, connections = [] }: JsonObject): Clip {
  if (!isList(nodes) || !isList(connections)) return { kind: "unknown", reason: "not_nodes" };
  if (nodes.length > LIMITS.nodes || connections.length > LIMITS.connections) {
    return { kind: "unknown", reason: "too_large" };
  }
  const differ = new Set(nodes.map((node) => (isObject(node) ? node["id"] : null))).size === nodes.length;
  if (nodes.length === 0 || !nodes.every(isNode) || !connections.every(isConnection) || !differ) {
    return { kind: "unknown", reason: "not_nodes" };
  }
  return { kind: "part", part: { nodes, connections } };
}

/** n8n's nodes have a position of two numbers; its connections are an object by the names of nodes. */
function isN8n({ nodes, connections = {} }: JsonObject): boolean {
  const looksSo = (node: Json): boolean =>
    isObject(node) && typeof node["type"] === "string" && typeof node["name"] === "string" && isList(node["position"]);
  return isList(nodes) && nodes.length > 0 && nodes.every(looksSo) && isObject(connections);
}

/** What a text from the clipboard is. */
export function readClip(text: string): Clip {
  if (text.length > LONGEST) return { kind: "unknown", reason: "too_large" };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: "unknown", reason: "not_json" };
  }
  if (!isObject(value)) return { kind: "unknown", reason: "not_nodes" };
  if (value["format"] === FORMAT) {
    const { version } = value;
    if (typeof version === "number" && version > VERSION) return { kind: "unknown", reason: "newer_version" };
    return partIn(value);
  }
  if (!isN8n(value)) return { kind: "unknown", reason: "not_nodes" };
  const { nodes } = value;
  return isList(nodes) && nodes.length > LIMITS.nodes ? { kind: "unknown", reason: "too_large" } : { kind: "n8n", document: value };
}

/** The part that a text holds, by way of the importer where it is n8n's; null when it holds none. */
export async function partFromText(text: string, importer: Importer): Promise<Part | null> {
  const clip = readClip(text);
  if (clip.kind === "part") return clip.part;
  return clip.kind === "n8n" ? importer(clip.document) : null;
}
