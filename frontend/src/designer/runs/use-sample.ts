import { useQuery } from "@tanstack/react-query";
import type { NodeState } from "../../doc";
import { useDesigner } from "../model/designer";
import { readExecution, readRuns } from "./server";
import { dataOfItems, exampleFor } from "./trigger-data";

/** The last runs among which one of this trigger is looked for. */
const MODES: Readonly<Record<string, string>> = { webhook: "webhook", form: "form", schedule: "schedule" };

/** What the last run of this kind began with; null when there was none. */
async function lastData(workflow: string, type: string): Promise<unknown> {
  const { items } = await readRuns(workflow, "", null);
  const wanted = MODES[type] ?? "manual";
  const newest = items.find(({ trigger_mode }) => trigger_mode === wanted);
  return newest ? dataOfItems((await readExecution(newest.id)).trigger_data) : null;
}

/** Text to begin with: the last run's data, else an example of the trigger. */
export function useSample(trigger: NodeState | undefined): string {
  const { workflow } = useDesigner().props;
  const type = trigger?.type ?? "";
  const { data } = useQuery({
    queryKey: ["run-sample", workflow.id, type],
    queryFn: () => lastData(workflow.id, type),
    enabled: trigger !== undefined,
    gcTime: 0,
  });
  return JSON.stringify(data ?? exampleFor(trigger), null, 2);
}
