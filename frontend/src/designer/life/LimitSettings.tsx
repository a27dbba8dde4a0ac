/** How many runs there may be at the same time. */
import { nodeOf } from "../../doc";
import { _ } from "../../lib/i18n";
import { Field } from "../../ui/Field";
import { ExpressionField } from "../expressions/ExpressionField";
import { isExpression } from "../expressions/mode";
import { useSources } from "../inspector/form/use-node-form";
import { useDesigner } from "../model/designer";
import { useSettingFields, type SettingFields } from "./use-setting-fields";

const MEANS: Readonly<Record<string, () => string>> = {
  queue: () => _("They begin in their order, each when one before it has ended."),
  reject: () => _("Whoever calls is told to try again later; a schedule leaves the run out."),
  cancel_oldest: () => _("The oldest run is stopped, and the new one begins."),
};

export function LimitSettings() {
  const fields = useSettingFields();
  const { settings, text } = fields;
  const isSingle = settings["single_run"] === true;
  const isLimited = isSingle || (typeof settings["max_concurrent_executions"] === "number" && settings["max_concurrent_executions"] > 0);
  return (
    <div className="form">
      {fields.toggle("single_run", _("Only one run at a time; others wait for their turn"), false)}
      {!isSingle && fields.number("max_concurrent_executions", { label: _("Runs at the same time, at most"), help: _("Empty or 0: no limit."), min: 0 })}
      {isLimited && !isSingle && (
        <>
          {fields.choice("on_limit", {
            label: _("When that many run already"),
            help: MEANS[text("on_limit") || "queue"]?.() ?? "",
            options: [
              { value: "queue", label: _("Wait for their turn") },
              { value: "reject", label: _("Refuse the call") },
              { value: "cancel_oldest", label: _("Stop the oldest") },
            ],
          })}
          <ConcurrencyKey fields={fields} />
        </>
      )}
      {!isLimited && <p className="muted">{_("As many runs as workers are free for begin at once.")}</p>}
    </div>
  );
}

/** The limit counts for each value by itself: for each customer, say. */
function ConcurrencyKey({ fields: { text, set, readOnly } }: { readonly fields: SettingFields }) {
  const behind = useBehindTrigger();
  const { scope, preview } = useSources(behind ?? "");
  const stored = text("concurrency_key");
  const shown = stored === "" || isExpression(stored) ? stored : `={{ ${stored} }}`;
  return (
    <Field label={_("Count by")} optional help={_("An expression over what the trigger gives, for example {example}: the limit counts for each value by itself.", { example: "{{ $json.body.customer }}" })}>
      <ExpressionField
        value={shown}
        onChange={(value) => set("concurrency_key", value === "" || value === "=" ? null : value)}
        mode="template"
        scope={behind === null ? null : scope}
        preview={behind !== null && shown ? preview : null}
        readOnly={readOnly}
        title={_("Count by")}
      />
    </Field>
  );
}

/** The first step behind a trigger: what it gets is what the trigger gives. */
function useBehindTrigger(): string | null {
  const { catalogue, document } = useDesigner();
  const state = document.store.state();
  const first = state.connections.find(({ source }) => catalogue.get(nodeOf(state, source)?.type ?? "")?.is_trigger === true);
  return first && nodeOf(state, first.target) ? first.target : null;
}
