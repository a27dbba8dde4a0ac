import { useForm } from "../form/form-context";
import type { ControlProps } from "./Control";
import { WorkflowPicker } from "./WorkflowPicker";

/** A parameter that names a workflow. */
export function WorkflowField({ parameter, slot }: ControlProps) {
  const { readOnly } = useForm();
  return <WorkflowPicker label={parameter.display_name} value={typeof slot.value === "string" ? slot.value : ""} onChange={(id) => slot.set(id || null)} readOnly={readOnly} />;
}
