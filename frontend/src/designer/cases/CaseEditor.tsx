/** One test: what it begins with, what stands in for the outside, what must be true, and how it did. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Play, Trash2 } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { ApiError } from "../../api/client";
import type { Json } from "../../doc/json";
import { same } from "../../doc/json";
import { _ } from "../../lib/i18n";
import { Button, IconButton } from "../../ui/Button";
import { Progress } from "../../ui/Progress";
import { Tabs } from "../../ui/Tabs";
import { TextInput } from "../../ui/TextInput";
import { toast } from "../../ui/Toast";
import { useDesigner } from "../model/designer";
import { tidied } from "./assertions";
import { CaseChecks } from "./CaseChecks";
import { CaseInput } from "./CaseInput";
import { CaseFormContext, type CaseForm } from "./form";
import { MockFields } from "./MockFields";
import { ResultView } from "./ResultView";
import { caseKeys, createCase, deleteCase, readCase, saveCase, type Loaded } from "./server";
import { useSteps } from "./steps";
import { NEW_CASE, type CaseContent, type CaseResult, type LastResult, type TestCase } from "./types";

type Part = "result" | "input" | "mocks" | "checks";

interface Props {
  /** Null for a new one. */
  readonly id: string | null;
  readonly result: CaseResult | undefined;
  readonly last: LastResult | null;
  readonly isRunning: boolean;
  readonly run: ((id: string) => void) | undefined;
  readonly saved: (id: string) => void;
  readonly deleted: () => void;
  /** Hears whether something would be lost. */
  readonly changed: (is: boolean) => void;
}

export function CaseEditor(props: Props) {
  const { workflow } = useDesigner().props;
  const { id } = props;
  const loaded = useQuery({ queryKey: caseKeys.one(workflow.id, id ?? ""), queryFn: () => readCase(workflow.id, id ?? ""), enabled: id !== null, staleTime: Infinity });
  if (loaded.error) return <p className="alert err">{loaded.error.message}</p>;
  if (id !== null && !loaded.data) return <Progress label={_("Loading…")} value={null} />;
  return <Form key={loaded.data?.etag ?? "new"} {...props} loaded={loaded.data ?? null} />;
}

function contentOf({ name, description, trigger_node, trigger_items, now, mocks, assertions }: TestCase): CaseContent {
  return { name, description, trigger_node, trigger_items, now, mocks, assertions };
}

function Form({ id, loaded, result, last, isRunning, run, saved, deleted, changed }: Props & { readonly loaded: Loaded | null }) {
  const { props } = useDesigner();
  const queries = useQueryClient();
  const workflow = props.workflow.id;
  const before = useMemo(() => (loaded ? contentOf(loaded.test) : NEW_CASE), [loaded]);
  const [content, setContent] = useState<CaseContent>(before);
  const [faulty, setFaulty] = useState<ReadonlySet<string>>(new Set());
  const [part, setPart] = useState<Part>(id === null ? "input" : "result");
  const readOnly = !props.rights.write;
  const isChanged = !same(content as unknown as Json, before as unknown as Json);
  useEffect(() => changed(isChanged), [changed, isChanged]);
  const save = useMutation({
    mutationFn: () => {
      const whole = { ...content, assertions: content.assertions.map(tidied) };
      return id === null || !loaded ? createCase(workflow, whole) : saveCase(workflow, id, whole, loaded.etag);
    },
    onSuccess: (done) => {
      queries.setQueryData(caseKeys.one(workflow, done.test.id), done);
      void queries.invalidateQueries({ queryKey: caseKeys.list(workflow) });
      saved(done.test.id);
    },
  });
  const remove = useMutation({
    mutationFn: () => deleteCase(workflow, id ?? ""),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: caseKeys.list(workflow) });
      deleted();
      toast(_("The test “{name}” is deleted.", { name: before.name }), "success", { action: { label: _("Undo"), onSelect: () => void again(before) } });
    },
    onError: (error) => toast(error.message, "error"),
  });
  const again = (content: CaseContent): Promise<void> =>
    createCase(workflow, content).then(
      () => queries.invalidateQueries({ queryKey: caseKeys.list(workflow) }),
      (error: Error) => toast(error.message, "error"),
    );
  const steps = useSteps();
  // What is typed while the answer is on its way would be lost to it.
  const isLocked = readOnly || save.isPending;
  const form: CaseForm = {
    readOnly: isLocked,
    steps,
    faulty: (field, is) =>
      setFaulty((now) => {
        if (now.has(field) === is) return now;
        const next = new Set(now);
        if (!next.delete(field)) next.add(field);
        return next;
      }),
  };
  return (
    <CaseFormContext value={form}>
      <form className="case-editor" onSubmit={(event) => (event.preventDefault(), save.mutate())}>
        <div className="case-head">
          <TextInput aria-label={_("Name of the test")} placeholder={_("Name of the test")} value={content.name} onChange={(name) => setContent({ ...content, name })} maxLength={200} required readOnly={isLocked} />
          {run && id !== null && (
            <Button icon={<Play size={14} aria-hidden="true" />} busy={isRunning} disabled={isChanged} onClick={() => (setPart("result"), run(id))}>
              {_("Run")}
            </Button>
          )}
          {!readOnly && (
            <Button type="submit" variant={isChanged ? "primary" : "plain"} busy={save.isPending} disabled={!isChanged || content.name.trim() === "" || faulty.size > 0}>
              {_("Save")}
            </Button>
          )}
          {!readOnly && id !== null && <IconButton icon={<Trash2 size={15} aria-hidden="true" />} label={_("Delete this test")} busy={remove.isPending} onClick={() => remove.mutate()} />}
        </div>
        {save.error && <Refused error={save.error} />}
        <Tabs<Part>
          label={_("About this test")}
          className="case-tabs"
          value={part}
          onChange={setPart}
          items={[
            { id: "result", label: _("Result"), content: <ResultView result={result} last={last} /> },
            { id: "input", label: _("Input"), content: <CaseInput value={content} onChange={setContent} /> },
            { id: "mocks", label: _("Stand-ins"), badge: Object.keys(content.mocks.nodes).length + content.mocks.http.length || undefined, content: <MockFields value={content.mocks} onChange={(mocks) => setContent({ ...content, mocks })} /> },
            { id: "checks", label: _("Checks"), badge: content.assertions.length || undefined, content: <CaseChecks value={content.assertions} onChange={(assertions) => setContent({ ...content, assertions })} /> },
          ]}
        />
      </form>
    </CaseFormContext>
  );
}

/** Each fault with its place; somebody else's change in words of its own. */
function Refused({ error }: { readonly error: Error }) {
  const faults = error instanceof ApiError ? Object.entries(error.errors) : [];
  const isStale = error instanceof ApiError && error.code === "stale_write";
  return (
    <div className="alert err" role="alert">
      <p>{isStale ? _("Somebody else has changed this test meanwhile. Close it and open it again to see how it is now.") : error.message}</p>
      {faults.length > 0 && (
        <ul>
          {faults.map(([path, messages]) => (
            <li key={path}>
              <code>{path}</code>: {messages.join(" ")}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
