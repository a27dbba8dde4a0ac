/** A file of inputs: evaluated row by row, with the faults of each and the answers as a file. */
import { useMutation } from "@tanstack/react-query";
import { Download, Play, Square } from "lucide-react";
import { useAtomValue } from "jotai";
import { useEffect, useRef, useState } from "react";
import { _, _n, number } from "../../../lib/i18n";
import { Button } from "../../../ui/Button";
import { Field } from "../../../ui/Field";
import { Progress } from "../../../ui/Progress";
import { evaluateBatch } from "../../server/calls";
import type { InputColumn, OutputColumn, Values } from "../../server/types";
import { useDesk, useTable } from "../desk";
import { Fact } from "../Fact";
import { downloadText } from "../../../designer/data/download";
import { Problem } from "../Problem";
import { runVersionAtom } from "../run/atoms";
import { BatchFaults } from "./BatchFaults";
import { MAX_BYTES, readRows, resultCsv, resultJson, UnreadableFile } from "./rows";
import { factsOf, runBatch, type Batch } from "./run";

interface Chosen {
  readonly name: string;
  readonly rows: readonly Values[];
}

export function BatchRun() {
  const desk = useDesk();
  const table = useTable();
  const version = useAtomValue(runVersionAtom);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [fault, setFault] = useState("");
  const [done, setDone] = useState(0);
  const stopper = useRef<AbortController | null>(null);
  const [wasStopped, setStopped] = useState(false);
  useEffect(() => () => stopper.current?.abort(), []);
  const work = useMutation({
    mutationFn: async (rows: readonly Values[]) => {
      const stop = (stopper.current = new AbortController());
      setStopped(false);
      if (version === "draft") await desk.settled();
      return runBatch(rows, stop.signal, { evaluate: (inputs, signal) => evaluateBatch(desk.table.id, inputs, version, signal), told: setDone });
    },
  });
  const choose = async (file: File | undefined): Promise<void> => {
    work.reset();
    setChosen(null);
    setFault("");
    if (!file) return;
    try {
      if (file.size > MAX_BYTES) throw new UnreadableFile(_("The file has more than 16 MB. Split it."));
      setChosen({ name: file.name, rows: readRows(await file.text(), table.input_columns as unknown as readonly InputColumn[]) });
    } catch (error) {
      setFault((error as Error).message);
    }
  };
  const stop = (): void => (setStopped(true), stopper.current?.abort());
  return (
    <>
      <div className="form">
        <Field label={_("File, CSV or JSON")} error={fault} help={_("In CSV the first row names the inputs; JSON is a list of objects.")}>
          <FileInput choose={(file) => void choose(file)} />
        </Field>
        <div className="run-actions">
          {work.isPending ? (
            <Button icon={<Square size={13} aria-hidden="true" />} onClick={stop}>
              {_("Stop")}
            </Button>
          ) : (
            <Button variant="primary" icon={<Play size={14} aria-hidden="true" />} disabled={!chosen || !desk.rights.run} onClick={() => chosen && work.mutate(chosen.rows)}>
              {chosen ? _n("Run {n} row", "Run {n} rows", chosen.rows.length) : _("Run")}
            </Button>
          )}
        </div>
        {work.isPending && chosen && (
          <div className="batch-progress">
            <Progress label={_("Rows done")} value={done} max={chosen.rows.length} />
            <span className="muted">{_("{done} of {all}", { done, all: chosen.rows.length })}</span>
          </div>
        )}
        {work.error && (wasStopped ? <p className="muted">{_("Stopped.")}</p> : <Problem error={work.error} />)}
      </div>
      {work.data && <BatchResult batch={work.data} name={desk.table.name} outputs={table.output_columns as unknown as readonly OutputColumn[]} />}
    </>
  );
}

function FileInput({ choose, ...ids }: { readonly choose: (file: File | undefined) => void }) {
  return <input {...ids} className="input" type="file" accept=".csv,.json,.tsv,.txt,text/csv,application/json" aria-label={_("File, CSV or JSON")} onChange={(event) => choose(event.target.files?.[0])} />;
}

function BatchResult({ batch, name, outputs }: { readonly batch: Batch; readonly name: string; readonly outputs: readonly OutputColumn[] }) {
  const { rows, matched, unmatched, failed } = factsOf(batch);
  return (
    <section className="table-panel-part" aria-label={_("Result")}>
      <div role="status">
        <dl className="number-facts">
          <Fact label={_("Rows")} value={number(rows)} />
          <Fact label={_("Matched")} value={number(matched)} />
          <Fact label={_("No match")} value={number(unmatched)} tone={unmatched > 0 ? "warn" : undefined} />
          <Fact label={_("Errors")} value={number(failed)} tone={failed > 0 ? "err" : undefined} />
        </dl>
      </div>
      <div className="run-actions">
        <Button size="small" icon={<Download size={14} aria-hidden="true" />} onClick={() => downloadText(`${name}-results.csv`, resultCsv(batch.inputs, batch.results, outputs), "text/csv")}>
          {_("Download CSV")}
        </Button>
        <Button size="small" icon={<Download size={14} aria-hidden="true" />} onClick={() => downloadText(`${name}-results.json`, resultJson(batch.inputs, batch.results))}>
          {_("Download JSON")}
        </Button>
      </div>
      <BatchFaults results={batch.results} />
    </section>
  );
}
