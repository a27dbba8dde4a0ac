/** One input, typed into fields or as JSON, and the answer with its reasons. */
import { useMutation } from "@tanstack/react-query";
import { Braces, ListChecks, Play } from "lucide-react";
import { useAtom, useAtomValue, useSetAtom } from "jotai";
import { useMemo } from "react";
import { ApiError } from "../../../api/client";
import { _ } from "../../../lib/i18n";
import { Button } from "../../../ui/Button";
import { CopyButton } from "../../../ui/CopyButton";
import { Field } from "../../../ui/Field";
import { TextArea } from "../../../ui/TextArea";
import { evaluate } from "../../server/calls";
import type { Values } from "../../server/types";
import { useDesk, useTable } from "../desk";
import { Problem } from "../Problem";
import { lastRunAtom, runVersionAtom, typedInputsAtom } from "./atoms";
import { curlOf } from "./curl";
import { filled, inputFields, textsOf, type InputField } from "./fields";
import { InputFields } from "./InputFields";
import { RunResult } from "./RunResult";

interface Typed {
  readonly inputs: Values;
  readonly faults: Readonly<Record<string, string>>;
}

export function RunOne() {
  const desk = useDesk();
  const table = useTable();
  const fields = useMemo(() => inputFields(table), [table]);
  const [typed, setTyped] = useAtom(typedInputsAtom);
  const version = useAtomValue(runVersionAtom);
  const setLast = useSetAtom(lastRunAtom);
  const asJson = typed.kind === "json";
  const texts = typed.kind === "form" ? typed.texts : typed.kind === "given" ? textsOf(fields, typed.inputs) : {};
  const read: Typed = asJson ? readJson(typed.text) : filled(fields, texts);
  const work = useMutation({
    mutationFn: async () => {
      if (version === "draft") await desk.settled();
      const of = desk.state();
      return { inputs: read.inputs, version, of, evaluation: await evaluate(desk.table.id, read.inputs, version) };
    },
    onSuccess: setLast,
    onError: () => setLast(null),
  });
  const faults = { ...read.faults, ...refusedFields(work.error, fields) };
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    if (Object.keys(read.faults).length === 0) work.mutate();
  };
  const swap = (): void => setTyped(asJson ? { kind: "given", inputs: read.inputs } : { kind: "json", text: JSON.stringify(read.inputs, null, 2) });
  return (
    <>
      <form className="form run-form" onSubmit={submit}>
        {typed.kind === "json" ? (
          <Field label={_("Inputs, as JSON")} error={faults[""]}>
            <TextArea code rows={8} value={typed.text} onChange={(text) => setTyped({ kind: "json", text })} />
          </Field>
        ) : (
          <InputFields fields={fields} texts={texts} faults={faults} change={(next) => setTyped({ kind: "form", texts: next })} />
        )}
        {fields.length === 0 && !asJson && <p className="muted">{_("The table has no input column yet. Add one first.")}</p>}
        <div className="run-actions">
          <Button type="submit" variant="primary" icon={<Play size={14} aria-hidden="true" />} busy={work.isPending} disabled={!desk.rights.run || Object.keys(read.faults).length > 0}>
            {_("Run")}
          </Button>
          <Button variant="ghost" icon={asJson ? <ListChecks size={14} aria-hidden="true" /> : <Braces size={14} aria-hidden="true" />} disabled={asJson && "" in read.faults} onClick={swap}>
            {asJson ? _("Fields") : _("JSON")}
          </Button>
          <CopyButton words label={_("Copy as curl")} text={() => curlOf(desk.baseUrl, desk.table.name, read.inputs, version)} />
        </div>
      </form>
      {work.error && <Problem error={work.error} />}
      <RunResult />
    </>
  );
}

function readJson(text: string): Typed {
  try {
    const inputs: unknown = JSON.parse(text.trim() === "" ? "{}" : text);
    if (typeof inputs === "object" && inputs !== null && !Array.isArray(inputs)) return { inputs: inputs as Values, faults: {} };
    return { inputs: {}, faults: { "": _("The inputs are an object, such as {example}.", { example: '{"quantity": 150}' }) } };
  } catch (error) {
    return { inputs: {}, faults: { "": _("This is no JSON. {problem}", { problem: (error as Error).message }) } };
  }
}

/** What the server says about single inputs, at their fields. */
function refusedFields(error: Error | null, fields: readonly InputField[]): Readonly<Record<string, string>> {
  if (!(error instanceof ApiError)) return {};
  const said = Object.entries(error.errors).map(([path, messages]) => [path.replace(/^inputs\.?/, ""), messages[0] ?? ""] as const);
  return Object.fromEntries(said.filter(([name]) => fields.some((field) => field.name === name)));
}
