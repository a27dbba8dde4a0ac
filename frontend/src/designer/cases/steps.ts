/** Steps of the draft, for choosing one. */
import { nameOf } from "../../doc";
import type { SelectOption } from "../../ui/Select";
import { nodePorts } from "../canvas/flow-nodes";
import { useDesigner } from "../model/designer";
import { useNodes } from "../model/hooks";

export interface Steps {
  readonly options: readonly SelectOption[];
  readonly nameOf: (id: string) => string;
  readonly outputsOf: (id: string) => readonly string[];
}

export function useSteps(): Steps {
  const { catalogue } = useDesigner();
  const nodes = useNodes();
  const steps = nodes.filter(({ type }) => catalogue.get(type)?.inert !== true);
  const find = (id: string) => nodes.find((node) => node.id === id);
  return {
    options: steps.map((node) => ({ value: node.id, label: nameOf(node) })),
    nameOf: (id) => {
      const node = find(id);
      return node ? nameOf(node) : id;
    },
    outputsOf: (id) => {
      const node = find(id);
      return node ? nodePorts(catalogue.get(node.type), node).outputs.map(({ name }) => name) : [];
    },
  };
}

/** The options with one that is gone meanwhile, so that it can be seen and changed. */
export function withGone(options: readonly SelectOption[], id: string): readonly SelectOption[] {
  return id === "" || options.some(({ value }) => value === id) ? options : [{ value: id, label: id }, ...options];
}
