/** One check of a test: what is looked at, and what it must be. */
import { withMember, type Json } from "../../doc/json";
import { _ } from "../../lib/i18n";
import { Field } from "../../ui/Field";
import { NumberInput } from "../../ui/NumberInput";
import { Select, type SelectOption } from "../../ui/Select";
import { TextInput } from "../../ui/TextInput";
import { fieldsOf, kindName, withKind } from "./assertions";
import { useCaseForm } from "./form";
import { JsonBox } from "./JsonBox";
import { withGone } from "./steps";
import { KINDS, type Assertion } from "./types";

interface Props {
  readonly value: Assertion;
  readonly at: number;
  readonly onChange: (value: Assertion) => void;
}

const RUN_STATUSES: readonly SelectOption[] = [
  { value: "success", label: "success" },
  { value: "partial_success", label: "partial_success" },
  { value: "error", label: "error" },
];
const STEP_STATUSES: readonly SelectOption[] = [
  { value: "success", label: "success" },
  { value: "error", label: "error" },
  { value: "skipped", label: "skipped" },
];

export function AssertionRow({ value, at, onChange }: Props) {
  const { readOnly, steps } = useCaseForm();
  const { node, place } = fieldsOf(value.kind);
  const ofRun: readonly SelectOption[] = node === "must" ? [] : [{ value: "", label: _("the whole run") }];
  const id = value.node ?? "";
  return (
    <div className="case-row">
      <div className="case-pair">
        {node !== "none" && (
          <Field label={_("Of")}>
            <Select value={id} placeholder={node === "must" ? _("Choose a step…") : undefined} onChange={(chosen) => onChange({ ...value, node: chosen === "" ? null : chosen })} options={[...ofRun, ...withGone(steps.options, id)]} disabled={readOnly} />
          </Field>
        )}
        <Field label={_("Check")}>
          <Select value={value.kind} onChange={(kind) => onChange(withKind(value, kind))} options={KINDS.map((kind) => ({ value: kind, label: kindName(kind) }))} disabled={readOnly} />
        </Field>
      </div>
      {place !== "none" && <Place value={value} onChange={onChange} />}
      <Expected value={value} at={at} onChange={onChange} />
    </div>
  );
}

/** Which port, which item, and where in it. */
function Place({ value, onChange }: Omit<Props, "at">) {
  const { readOnly, steps } = useCaseForm();
  const { place } = fieldsOf(value.kind);
  const outputs = steps.outputsOf(value.node ?? "");
  return (
    <div className="case-pair">
      {place !== "path" && outputs.length > 1 && (
        <Field label={_("Output")}>
          <Select
            value={value.output ?? ""}
            onChange={(output) => onChange({ ...value, output })}
            options={[{ value: "", label: _("the first with items") }, ...outputs.map((name) => ({ value: name, label: name.replaceAll("_", " ") }))]}
            disabled={readOnly}
          />
        </Field>
      )}
      {place === "item" && (
        <Field label={_("Item")} optional>
          <NumberInput value={value.item === undefined ? null : value.item + 1} min={1} placeholder={_("all")} onChange={(item) => onChange(withMember(value, "item", item === null ? undefined : item - 1))} readOnly={readOnly} />
        </Field>
      )}
      {place !== "port" && (
        <Field label={_("Place")} optional>
          <TextInput className="mono" value={value.path ?? ""} placeholder={place === "path" ? "body.total" : "orders[0].id"} onChange={(path) => onChange({ ...value, path })} readOnly={readOnly} spellCheck={false} />
        </Field>
      )}
    </div>
  );
}

function Expected({ value, at, onChange }: Props) {
  const { readOnly, faulty } = useCaseForm();
  const { expected, ignore } = fieldsOf(value.kind);
  const set = (next: Json): void => onChange({ ...value, expected: next });
  const text = typeof value.expected === "string" ? value.expected : "";
  switch (expected) {
    case "none":
      return null;
    case "status":
      return (
        <Field label={_("Expected")}>
          <Select value={text} onChange={set} options={value.node === null ? RUN_STATUSES : STEP_STATUSES} disabled={readOnly} />
        </Field>
      );
    case "number":
      return (
        <Field label={value.kind === "ran" ? _("How often") : _("Expected")}>
          <NumberInput value={typeof value.expected === "number" ? value.expected : null} min={0} onChange={(number) => set(number ?? 0)} readOnly={readOnly} />
        </Field>
      );
    case "text":
      return (
        <Field label={TEXTS[value.kind]?.() ?? _("Expected")}>
          <TextInput className="mono" value={text} onChange={set} readOnly={readOnly} spellCheck={false} />
        </Field>
      );
    case "json":
      return (
        <>
          <JsonBox label={_("Expected, as JSON")} value={value.expected ?? null} onChange={set} onFault={(is) => faulty(`assertion ${at}`, is)} readOnly={readOnly} />
          {ignore && (
            <Field label={_("Do not compare")} optional help={_("Places, separated by commas: “id, *.updated_at”.")}>
              <TextInput className="mono" value={(value.ignore ?? []).join(", ")} onChange={(paths) => onChange({ ...value, ignore: pathsOf(paths) })} readOnly={readOnly} spellCheck={false} />
            </Field>
          )}
        </>
      );
  }
}

const TEXTS: Partial<Record<Assertion["kind"], () => string>> = {
  matches: () => _("Pattern (regular expression)"),
  expression: () => _("Expression that must be true for every item"),
  error_kind: () => _("Kind of error, such as http_500"),
};

/** The comma that is being typed stays at the end. */
function pathsOf(text: string): readonly string[] {
  return text === "" ? [] : text.split(/,\s*/);
}
