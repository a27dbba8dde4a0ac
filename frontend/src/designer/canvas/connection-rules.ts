/** Which connections may be drawn; the server has the last word, with the same rules. */
import { connectionKey, connectionOf, nameOf, nodeOf, type JsonObject, type WorkflowState } from "../../doc";
import { _ } from "../../lib/i18n";
import type { Catalogue } from "../catalogue/catalogue";
import { nodePorts } from "./flow-nodes";

export interface WholeEnds extends JsonObject {
  readonly source: string;
  readonly source_output: string;
  readonly target: string;
  readonly target_input: string;
}

/** Why not, for people; null when the connection may be drawn. */
export function whyNot(state: WorkflowState, catalogue: Catalogue, ends: WholeEnds): string | null {
  const source = nodeOf(state, ends.source);
  const target = nodeOf(state, ends.target);
  if (!source || !target) return _("One of the two steps is gone.");
  const [from, to] = [catalogue.get(source.type), catalogue.get(target.type)];
  if (from?.inert || to?.inert) return _("Notes cannot be connected.");
  if (to?.is_trigger) return _("“{name}” starts the workflow: nothing can lead to it.", { name: nameOf(target) });
  if (connectionOf(state, connectionKey(ends))) return _("These two are connected already.");
  if (ends.source === ends.target && !from?.is_loop) return _("Only a loop can lead to itself.");
  if (to && !nodePorts(to, target).inputs.some(({ name }) => name === ends.target_input)) return _("“{name}” has no input {port}.", { name: nameOf(target), port: ends.target_input });
  if (from && !nodePorts(from, source).outputs.some(({ name }) => name === ends.source_output)) return _("“{name}” has no output {port}.", { name: nameOf(source), port: ends.source_output });
  return null;
}
