/** One parameter: its label, whether it is an expression, its control, and what is wrong with it. */
import { EllipsisVertical } from "lucide-react";
import type { Json, JsonObject } from "../../../doc/json";
import { _ } from "../../../lib/i18n";
import { IconButton } from "../../../ui/Button";
import { Field } from "../../../ui/Field";
import { Menu, type MenuEntry } from "../../../ui/Menu";
import { isExpression, toExpression, toFixed } from "../../expressions/mode";
import { Control } from "../fields/Control";
import { useForm } from "./form-context";
import { hintFor } from "./hints";
import { defaultOf, isComposite, type NodeParameter } from "./parameter";
import { messagesAt, pathOf } from "./paths";
import type { Slot } from "./slot";

interface Props {
  readonly parameter: NodeParameter;
  readonly slot: Slot;
  /** The values that stand beside it, such as the language of a code. */
  readonly beside: JsonObject;
}

export function ParameterField({ parameter, slot, beside }: Props) {
  const { faults, refused, readOnly } = useForm();
  const composite = isComposite(parameter);
  const isDynamic = parameter.supports_expressions && isExpression(slot.value);
  const said = messagesAt(faults, slot.keys, !composite || isDynamic);
  const refusal = refused && pathOf(refused.keys) === pathOf(slot.keys) ? [refused.message] : [];
  const hint = hintFor(parameter, slot.value);
  const error = [...refusal, ...(said.length > 0 ? said : hint ? [hint] : [])].join(" ");
  return (
    <div className="parameter" data-path={pathOf(slot.keys)}>
      <Field
        label={parameter.display_name}
        help={parameter.description || chosenHelp(parameter, slot)}
        error={error || undefined}
        required={parameter.required}
        group={(composite || parameter.type === "workflow" || parameter.type === "decision_table") && !isDynamic}
        actions={readOnly ? null : <Actions parameter={parameter} slot={slot} isDynamic={isDynamic} />}
      >
        <Control parameter={parameter} slot={slot} beside={beside} isDynamic={isDynamic} error={error} />
        {!readOnly && hasPlainBlocks(parameter, slot) && (
          <p className="parameter-plain">
            {_("The braces are plain text here.")}
            <button type="button" onClick={() => slot.set(toExpression(slot.value))}>
              {_("Make it an expression")}
            </button>
          </p>
        )}
      </Field>
    </div>
  );
}

/** A text with blocks that nobody will evaluate, because it is no expression. */
function hasPlainBlocks(parameter: NodeParameter, { value }: Slot): boolean {
  return parameter.supports_expressions && typeof value === "string" && !isExpression(value) && /\{\{[^]*\}\}/.test(value) && parameter.type !== "code";
}

/** What the chosen option means. */
function chosenHelp(parameter: NodeParameter, slot: Slot): string | undefined {
  const value = slot.value ?? defaultOf(parameter);
  return parameter.options.find((option) => option.value === value)?.description || undefined;
}

function Actions({ parameter, slot, isDynamic }: { readonly parameter: NodeParameter; readonly slot: Slot; readonly isDynamic: boolean }) {
  const toggle = () => slot.set(isDynamic ? fixedValue(parameter, slot) : toExpression(slot.value ?? defaultOf(parameter)));
  const entries: MenuEntry[] = [
    { label: _("Reset to the default"), disabled: slot.value === undefined, onSelect: () => slot.set(null) },
    ...(parameter.supports_expressions && isComposite(parameter)
      ? [{ label: isDynamic ? _("Use single values") : _("Use an expression"), onSelect: () => slot.set(isDynamic ? null : "={{ [] }}") }]
      : []),
  ];
  return (
    <span className="parameter-actions">
      {parameter.supports_expressions && !isComposite(parameter) && (
        <button type="button" className="parameter-fx" aria-pressed={isDynamic} aria-label={_("fx: expression for {name}", { name: parameter.display_name })} title={isDynamic ? _("Make it a fixed value") : _("Make it an expression")} onClick={toggle}>
          fx
        </button>
      )}
      <Menu items={entries} trigger={<IconButton size="small" icon={<EllipsisVertical size={14} aria-hidden="true" />} label={_("More for {name}", { name: parameter.display_name })} tooltip={false} />} />
    </span>
  );
}

/** What controls of each kind can show as a fixed value. */
const SHOWS: Readonly<Record<string, (value: Json, parameter: NodeParameter) => boolean>> = {
  json: () => true,
  number: (value) => typeof value === "number",
  boolean: (value) => typeof value === "boolean",
  select: (value, { options }) => options.some((option) => option.value === value),
  multiselect: (value) => Array.isArray(value),
};

/** The fixed value that an expression stands for, where the control can show it; else the default. */
function fixedValue(parameter: NodeParameter, slot: Slot): Json {
  const value = toFixed(slot.value ?? null);
  const shows = SHOWS[parameter.type] ?? ((found: Json) => typeof found === "string" || typeof found === "number");
  return value !== "" && shows(value, parameter) ? value : null;
}
