/** What stands in for steps and for calls to the outside while a test runs. */
import { isObject, type Json } from "../../doc/json";
import { _ } from "../../lib/i18n";
import { Field } from "../../ui/Field";
import { ListEditor } from "../../ui/ListEditor";
import { NumberInput } from "../../ui/NumberInput";
import { Segmented } from "../../ui/Segmented";
import { Select } from "../../ui/Select";
import { TextInput } from "../../ui/TextInput";
import { useCaseForm } from "./form";
import { itemsOfJson, itemsProblem, jsonOfItems } from "./items";
import { JsonBox } from "./JsonBox";
import { withGone } from "./steps";
import type { CaseContent, HttpMock, Mock } from "./types";

const MOST = 100;
const METHODS = ["*", "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

interface Props {
  readonly value: CaseContent["mocks"];
  readonly onChange: (value: CaseContent["mocks"]) => void;
}

export function MockFields({ value, onChange }: Props) {
  const { readOnly, steps } = useCaseForm();
  const entries = Object.entries(value.nodes);
  const free = steps.options.find((option) => !(option.value in value.nodes));
  return (
    <div className="form case-form">
      <section className="case-part">
        <h3>{_("Steps that do not work but answer")}</h3>
        <ListEditor<[string, Mock]>
          label={_("Steps that do not work but answer")}
          items={entries}
          onChange={(next) => onChange({ ...value, nodes: Object.fromEntries(next) })}
          unordered
          disabled={readOnly}
          add={readOnly || !free ? undefined : () => [free.value, { items: [{ json: {} }] }]}
          addLabel={_("Add a step")}
          max={MOST}
          nameOf={([id]) => steps.nameOf(id)}
          emptyText={_("Steps with an effect that nothing stands in for answer their pinned data or an example.")}
          row={([id, mock], at, update) => <NodeMock id={id} mock={mock} at={at} taken={value.nodes} update={update} />}
        />
      </section>
      <section className="case-part">
        <h3>{_("Calls to the outside")}</h3>
        <ListEditor<HttpMock>
          label={_("Calls to the outside")}
          items={value.http}
          onChange={(http) => onChange({ ...value, http })}
          disabled={readOnly}
          add={readOnly ? undefined : () => ({ method: "GET", url: "https://", status: 200, headers: {}, body: {}, times: null })}
          addLabel={_("Add an answer")}
          max={MOST}
          nameOf={({ method, url }) => `${method} ${url}`}
          emptyText={_("Without an answer here a call fails: a test never goes outside.")}
          row={(mock, at, update) => <HttpFields mock={mock} at={at} update={update} />}
        />
      </section>
    </div>
  );
}

interface NodeMockProps {
  readonly id: string;
  readonly mock: Mock;
  readonly at: number;
  readonly taken: Readonly<Record<string, Mock>>;
  readonly update: (entry: [string, Mock]) => void;
}

type Way = "items" | "error" | "other";

function wayOf(mock: Mock): Way {
  return mock.items ? "items" : mock.error ? "error" : "other";
}

function NodeMock({ id, mock, at, taken, update }: NodeMockProps) {
  const { readOnly, steps, faulty } = useCaseForm();
  const way = wayOf(mock);
  const put = (next: Mock): void => update([id, next]);
  const turn = (to: Way): void => put(to === "items" ? { items: [{ json: {} }] } : to === "error" ? { error: { message: _("It failed."), kind: "http_500" } } : { runs: [mock] });
  return (
    <div className="case-row">
      <div className="case-pair">
        <Field label={_("Step")}>
          <Select value={id} onChange={(next) => update([next, mock])} options={withGone(steps.options.filter(({ value }) => value === id || !(value in taken)), id)} disabled={readOnly} />
        </Field>
        <Field label={_("Answers with")}>
          <Segmented<Way>
            value={way}
            onChange={turn}
            options={[
              { value: "items", label: _("Items"), disabled: readOnly },
              { value: "error", label: _("An error"), disabled: readOnly },
              { value: "other", label: _("More"), name: _("Several ports, or another answer each time"), disabled: readOnly },
            ]}
          />
        </Field>
      </div>
      {mock.items && (
        <JsonBox label={_("Items, as JSON")} value={jsonOfItems(mock.items)} check={itemsProblem} onChange={(items) => put({ ...mock, items: itemsOfJson(items) })} onFault={(is) => faulty(`mock ${at}`, is)} readOnly={readOnly} />
      )}
      {mock.error && (
        <div className="case-pair">
          <Field label={_("Message")}>
            <TextInput value={mock.error.message} onChange={(message) => put({ error: { message, kind: mock.error?.kind ?? "" } })} readOnly={readOnly} />
          </Field>
          <Field label={_("Kind of error")}>
            <TextInput className="mono" value={mock.error.kind} onChange={(kind) => put({ error: { message: mock.error?.message ?? "", kind } })} readOnly={readOnly} />
          </Field>
        </div>
      )}
      {way === "other" && (
        <JsonBox
          label={_("Answers, as JSON")}
          help={_("Items by port, {outputs}, or one answer for each run of the step, {runs}; the last one repeats.", { outputs: '{"outputs": {"true": []}}', runs: '{"runs": [{"items": []}]}' })}
          value={mock as unknown as Json}
          check={(found) => (isObject(found) ? "" : _("An object is wanted: {…}."))}
          onChange={(next) => put(next as unknown as Mock)}
          onFault={(is) => faulty(`mock ${at}`, is)}
          readOnly={readOnly}
        />
      )}
    </div>
  );
}

function HttpFields({ mock, at, update }: { readonly mock: HttpMock; readonly at: number; readonly update: (mock: HttpMock) => void }) {
  const { readOnly, faulty } = useCaseForm();
  return (
    <div className="case-row">
      <div className="case-pair case-url">
        <Field label={_("Method")}>
          <Select value={mock.method} onChange={(method) => update({ ...mock, method })} options={METHODS.map((value) => ({ value, label: value === "*" ? _("any") : value }))} disabled={readOnly} />
        </Field>
        <Field label={_("Address")} help={_("“*” stands for any text.")}>
          <TextInput className="mono" value={mock.url} onChange={(url) => update({ ...mock, url })} readOnly={readOnly} spellCheck={false} />
        </Field>
      </div>
      <div className="case-pair">
        <Field label={_("Status")}>
          <NumberInput value={mock.status} min={100} max={599} onChange={(status) => update({ ...mock, status: status ?? 200 })} readOnly={readOnly} />
        </Field>
        <Field label={_("How often")} optional>
          <NumberInput value={mock.times ?? null} min={1} placeholder={_("always")} onChange={(times) => update({ ...mock, times })} readOnly={readOnly} />
        </Field>
      </div>
      <JsonBox label={_("Body, as JSON")} value={mock.body ?? null} onChange={(body) => update({ ...mock, body })} onFault={(is) => faulty(`http ${at}`, is)} readOnly={readOnly} />
      <JsonBox
        label={_("Headers, as JSON")}
        value={mock.headers ?? {}}
        check={(found) => (isObject(found) ? "" : _("An object is wanted: {…}."))}
        onChange={(headers) => isObject(headers) && update({ ...mock, headers })}
        onFault={(is) => faulty(`headers ${at}`, is)}
        readOnly={readOnly}
      />
    </div>
  );
}
