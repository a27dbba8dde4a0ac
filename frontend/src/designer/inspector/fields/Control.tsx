/** The control of each kind of parameter. */
import type { JsonObject } from "../../../doc/json";
import { ExpressionField } from "../../expressions/ExpressionField";
import { useForm } from "../form/form-context";
import { codeMode, isComposite, isLong, type NodeParameter } from "../form/parameter";
import type { Slot } from "../form/slot";
import { AssignmentsField } from "./AssignmentsField";
import { ConditionsField } from "./ConditionsField";
import { CollectionField, ListField } from "./ListField";
import { CronField } from "./CronField";
import { JsonField } from "./JsonField";
import { isTooLong, LongText } from "./LongText";
import { BooleanField, DateTimeField, MultiField, NumberField, SelectField } from "./PlainFields";
import { NOTE } from "../../canvas/flow-nodes";
import { PaperField } from "./PaperField";
import { DecisionTableField } from "./DecisionTableField";
import { WorkflowField } from "./WorkflowField";

export interface ControlProps {
  readonly parameter: NodeParameter;
  readonly slot: Slot;
  readonly beside: JsonObject;
  /** The value is a template. */
  readonly isDynamic: boolean;
  readonly error: string;
}

const KINDS: Readonly<Record<string, (props: ControlProps) => React.ReactNode>> = {
  number: NumberField,
  boolean: BooleanField,
  select: SelectField,
  multiselect: MultiField,
  datetime: DateTimeField,
  json: JsonField,
  collection: CollectionField,
  list: ListField,
  conditions: ConditionsField,
  assignments: AssignmentsField,
  cron: CronField,
  workflow: WorkflowField,
  decision_table: DecisionTableField,
};

export function Control(props: ControlProps) {
  const { parameter, slot, isDynamic } = props;
  const { type } = useForm();
  if (typeof slot.value === "string" && isTooLong(slot.value)) return <LongText text={slot.value} slot={slot} />;
  if (parameter.type === "code") return <CodeField {...props} />;
  if (type.type === NOTE && parameter.name === "color") return <PaperField {...props} />;
  const Kind = KINDS[parameter.type];
  return Kind && !isDynamic ? <Kind {...props} /> : <TextField {...props} />;
}

/** Text, and whatever is an expression. */
function TextField({ parameter, slot, isDynamic, error }: ControlProps) {
  const { scope, preview, readOnly } = useForm();
  const takes = parameter.supports_expressions;
  return (
    <ExpressionField
      value={textOf(slot.value, isDynamic ? undefined : parameter.default_value)}
      onChange={(value) => slot.set(value === "" ? emptyOf(parameter) : value)}
      mode={isDynamic ? "template" : "text"}
      multiline={isLong(parameter, slot.value) || (isDynamic && isComposite(parameter))}
      scope={takes ? scope : null}
      preview={isDynamic ? preview : null}
      readOnly={readOnly}
      placeholder={parameter.placeholder}
      error={error ? { message: error } : null}
      title={parameter.display_name}
    />
  );
}

function CodeField({ parameter, slot, beside, isDynamic, error }: ControlProps) {
  const { scope, preview, readOnly, type } = useForm();
  return (
    <ExpressionField
      value={textOf(slot.value, parameter.default_value)}
      onChange={(value) => slot.set(value === "" ? emptyOf(parameter) : value)}
      mode={codeMode(type.type, parameter, beside)}
      multiline
      scope={parameter.supports_expressions || type.type === "code" ? scope : null}
      preview={isDynamic ? preview : null}
      readOnly={readOnly}
      placeholder={parameter.placeholder}
      error={error ? { message: error } : null}
      title={parameter.display_name}
    />
  );
}

function textOf(value: unknown, otherwise: unknown): string {
  const shown = value ?? otherwise ?? "";
  return typeof shown === "string" ? shown : JSON.stringify(shown);
}

/** An emptied field: stored as such where the default is another text, or the default would come back. */
function emptyOf(parameter: NodeParameter): string | null {
  return typeof parameter.default_value === "string" && parameter.default_value !== "" ? "" : null;
}
