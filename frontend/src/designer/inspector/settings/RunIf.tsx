import { _ } from "../../../lib/i18n";
import { Field } from "../../../ui/Field";
import { ExpressionField } from "../../expressions/ExpressionField";
import { isExpression } from "../../expressions/mode";
import { useSources } from "../form/use-node-form";
import type { SettingProps } from "./SettingsTab";

/** A condition on each item. It is code, also without `=` and braces; here it is always shown as a template. */
export function RunIf({ node, set, readOnly }: SettingProps) {
  const { scope, preview } = useSources(node.id);
  const stored = typeof node["run_if"] === "string" ? node["run_if"] : "";
  const shown = stored === "" || isExpression(stored) ? stored : `={{ ${stored} }}`;
  return (
    <Field label={_("Run only if")} help={_("For example {example}. Empty: always.", { example: "{{ $json.total > 100 }}" })}>
      <ExpressionField value={shown} onChange={(value) => set("run_if", value === "" || value === "=" ? null : value)} mode="template" scope={scope} preview={shown ? preview : null} readOnly={readOnly} title={_("Run only if")} />
    </Field>
  );
}
