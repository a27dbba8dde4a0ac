/** The parameters of a node, as its type declares them. */
import type { NodeState } from "../../../doc";
import { _ } from "../../../lib/i18n";
import type { NodeType } from "../../catalogue/catalogue";
import { CredentialFields } from "../fields/CredentialFields";
import { NextRuns } from "../fields/NextRuns";
import { FormContext } from "./form-context";
import { isShown, parametersOf } from "./parameter";
import { ParameterField } from "./ParameterField";
import { topSlot } from "./slot";
import { useNodeForm } from "./use-node-form";

export function ParameterForm({ node, type }: { readonly node: NodeState; readonly type: NodeType }) {
  const form = useNodeForm(node, type);
  const given = parametersOf(node);
  const shown = type.parameters.filter((parameter) => isShown(parameter, given, type.parameters));
  return (
    <FormContext value={form}>
      <div className="parameter-form">
        <CredentialFields />
        {shown.map((parameter) => (
          <ParameterField key={parameter.name} parameter={parameter} slot={topSlot(given, parameter.name, form.write)} beside={given} />
        ))}
        {type.type === "schedule" && <NextRuns />}
        {shown.length === 0 && type.required_credentials.length === 0 && <p className="inspector-calm">{_("This step has nothing to set.")}</p>}
      </div>
    </FormContext>
  );
}
