/** What the last run answered, and why. */
import { useMutation } from "@tanstack/react-query";
import { BookmarkPlus, CircleCheck, CircleDashed } from "lucide-react";
import { useAtomValue, useSetAtom } from "jotai";
import { useEffect } from "react";
import { _ } from "../../../lib/i18n";
import { Button } from "../../../ui/Button";
import { CopyButton } from "../../../ui/CopyButton";
import { toast } from "../../../ui/Toast";
import { putMarksAtom } from "../../state/marks";
import { createCase } from "../../server/calls";
import type { Evaluation, OutputColumn } from "../../server/types";
import { useDesk, useTable } from "../desk";
import { RuleLink } from "../RuleLink";
import { caseKey, recorded } from "../tests/cases";
import { shownValue } from "../values";
import { lastRunAtom, type LastRun } from "./atoms";
import { matchMarks } from "./marks";
import { Trace } from "./Trace";

export function RunResult() {
  const last = useAtomValue(lastRunAtom);
  const mark = useSetAtom(putMarksAtom);
  useEffect(() => {
    mark("run", last ? matchMarks(last.evaluation) : []);
    return () => mark("run", []);
  }, [last, mark]);
  return last && <Result last={last} />;
}

function Result({ last }: { readonly last: LastRun }) {
  const desk = useDesk();
  const table = useTable();
  const { evaluation } = last;
  const record = useMutation({
    mutationFn: () => createCase(desk.table.id, recorded(last)),
    onSuccess: async ({ name }) => {
      await desk.queries.invalidateQueries({ queryKey: caseKey(desk.table.id) });
      toast(_("Recorded as the test “{name}”.", { name }));
    },
    onError: (error) => toast(error.message, "error"),
  });
  return (
    <section className="table-panel-part" aria-label={_("Result")}>
      <p className="run-verdict" role="status" data-matched={evaluation.matched}>
        {evaluation.matched ? <CircleCheck size={15} aria-hidden="true" /> : <CircleDashed size={15} aria-hidden="true" />}
        <strong>{evaluation.matched ? _("Matched") : _("No rule matched: the defaults answer")}</strong>
        <span className="muted">{typeof evaluation.version === "number" && last.version !== "draft" ? _("version {n}", { n: evaluation.version }) : _("draft")}</span>
      </p>
      {last.of !== table && <p className="muted">{_("The table has changed since. Run it again to be sure.")}</p>}
      <Outputs evaluation={evaluation} columns={table.output_columns as unknown as readonly OutputColumn[]} />
      {evaluation.rule_ids.length > 0 && (
        <p className="run-rules">
          <span className="muted">{_("By")}</span>
          {evaluation.rule_ids.slice(0, 30).map((id) => (
            <RuleLink key={id} id={id} />
          ))}
        </p>
      )}
      <div className="run-actions">
        {desk.rights.write && (
          <Button size="small" icon={<BookmarkPlus size={14} aria-hidden="true" />} busy={record.isPending} onClick={() => record.mutate()}>
            {_("Record as test")}
          </Button>
        )}
        <CopyButton words label={_("Copy result")} text={() => JSON.stringify(evaluation.outputs, null, 2)} />
      </div>
      {evaluation.trace && <Trace trace={evaluation.trace.rules} chosen={evaluation.rule_ids} />}
    </section>
  );
}

function Outputs({ evaluation, columns }: { readonly evaluation: Evaluation; readonly columns: readonly OutputColumn[] }) {
  const known = columns.filter(({ name }) => Object.hasOwn(evaluation.outputs, name));
  const others = Object.keys(evaluation.outputs).filter((name) => !known.some((column) => column.name === name));
  const rows = [...known.map(({ name, label }) => ({ name, label: label || name })), ...others.map((name) => ({ name, label: name }))];
  return (
    <dl className="run-outputs">
      {rows.map(({ name, label }) => (
        <div key={name}>
          <dt>{label}</dt>
          <dd>{shownValue(evaluation.outputs[name])}</dd>
        </div>
      ))}
    </dl>
  );
}
