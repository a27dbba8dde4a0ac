/** Whether two definitions would run alike: places, colours and notes do not count. */
import type { WorkflowState } from "../../doc";

const INERT = "sticky_note";
/** Members of a node that change nothing of what it does. */
const LOOKS = new Set(["position", "notes"]);

export function sameGraph(one: WorkflowState, other: WorkflowState): boolean {
  return written(one) === written(other);
}

function written({ nodes, connections }: WorkflowState): string {
  const counted = nodes.filter(({ type }) => type !== INERT).map((node) => Object.fromEntries(Object.entries(node).filter(([name]) => !LOOKS.has(name))));
  return JSON.stringify([counted.map(sorted).sort(byText), connections.map(sorted).sort(byText)]);
}

/** As text, the members of every object in one order; what is empty counts as not there. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => {
    if (typeof each !== "object" || each === null || Array.isArray(each)) return each;
    const members = Object.entries(each).filter(([, member]) => member !== null && member !== undefined && member !== "" && member !== false);
    return Object.fromEntries(members.sort(([left], [right]) => byText(left, right)));
  });
}

function byText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
