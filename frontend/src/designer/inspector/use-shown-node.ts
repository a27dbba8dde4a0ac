/** A node as the canvas shows it: that of the past while something of the past is shown. */
import { useAtomValue } from "jotai";
import { nodeOf, type NodeState } from "../../doc";
import { useNode } from "../model/hooks";
import { shownDefinitionAtom } from "../state/shown-definition";

export function useShownNode(id: string): NodeState | undefined {
  const past = useAtomValue(shownDefinitionAtom);
  const present = useNode(id);
  return past ? nodeOf(past, id) : present;
}
