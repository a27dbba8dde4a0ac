/** For two minutes a webhook of the draft takes one call, so that it can be tried. */
import { atom } from "jotai";
import { api } from "../../api/client";
import type { components } from "../../api/schema";
import type { NodeState } from "../../doc";
import { settled } from "../../document/settled";
import type { RunContext } from "./actions";

export type Listening = components["schemas"]["Listening"];

export const listeningAtom = atom<Listening | null>(null);

/** The webhooks that can be listened for. */
export function listenable(nodes: readonly NodeState[]): readonly NodeState[] {
  return nodes.filter((node) => node.type === "webhook" && node["disabled"] !== true);
}

export function canListen({ designer }: RunContext): boolean {
  return listenable(designer.document.store.state().nodes).length > 0;
}

const place = (workflow_id: string) => ({ params: { path: { workflow_id } } });

/** For a webhook of the draft, by its id; for its first one without. */
export async function listen({ designer, atoms }: RunContext, trigger_node = ""): Promise<void> {
  await settled(designer);
  const { data } = await api.POST("/api/v1/workflows/{workflow_id}/listen/", { ...place(designer.props.workflow.id), body: { trigger_node } });
  atoms.set(listeningAtom, data?.listening ?? null);
}

export async function stopListening({ designer, atoms }: RunContext): Promise<void> {
  atoms.set(listeningAtom, null);
  await api.DELETE("/api/v1/workflows/{workflow_id}/listen/", place(designer.props.workflow.id));
}

export async function readListening(workflow: string): Promise<Listening | null> {
  const { data } = await api.GET("/api/v1/workflows/{workflow_id}/listen/", place(workflow));
  return data?.listening ?? null;
}

export function curlOf({ methods, url }: Listening): string {
  const method = methods[0] ?? "POST";
  const body = method === "GET" || method === "HEAD" ? "" : ` -H 'Content-Type: application/json' -d '{}'`;
  return `curl -X ${method} '${url.replaceAll("'", "%27")}'${body}`;
}

export function secondsLeft({ expires_at }: Listening, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(expires_at) - now) / 1000));
}
