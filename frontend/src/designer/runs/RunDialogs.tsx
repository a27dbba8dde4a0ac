/** “Run with data…” and “Dry run…”: where a run begins and with what. */
import { useAtom, useAtomValue, useStore } from "jotai";
import { useState } from "react";
import { _ } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { Select } from "../../ui/Select";
import { TextArea } from "../../ui/TextArea";
import { useDesigner } from "../model/designer";
import { dialogAtom } from "../state/panels";
import { run, tell } from "./actions";
import { startingAtom } from "./atoms";
import { keepSample, keptSample, parsed, triggerOptions, triggersOf } from "./trigger-data";
import { useSample } from "./use-sample";

export function RunDialogs() {
  const [dialog, setDialog] = useAtom(dialogAtom);
  if (dialog?.kind !== "run") return null;
  return <RunDialog dry={dialog.dry} close={() => setDialog(null)} />;
}

function RunDialog({ dry, close }: { readonly dry: boolean; readonly close: () => void }) {
  const designer = useDesigner();
  const atoms = useStore();
  const starting = useAtomValue(startingAtom);
  const workflow = designer.props.workflow.id;
  const triggers = triggersOf(designer.document.store.state(), designer.catalogue);
  const [trigger, setTrigger] = useState(() => (triggers.find(({ type }) => type === "manual") ?? triggers[0])?.id ?? "");
  const [written, setWritten] = useState<string | null>(() => keptSample(workflow, trigger));
  const suggested = useSample(triggers.find(({ id }) => id === trigger));
  const text = written ?? suggested;
  const read = parsed(text);
  const problem = "problem" in read ? _("This is no JSON object or list. {problem}", { problem: read.problem }) : "";
  const choose = (id: string): void => {
    setTrigger(id);
    setWritten(keptSample(workflow, id));
  };
  const start = (): void => {
    if (!("data" in read)) return;
    if (written !== null) keepSample(workflow, trigger, written);
    run({ designer, atoms }, { trigger_node: trigger, trigger_data: read.data }, dry).then(close, tell);
  };
  const none = triggers.length === 0;
  return (
    <Dialog
      open
      keepOpen
      title={dry ? _("Dry run") : _("Run with data")}
      description={
        none
          ? _("The workflow has no trigger to start from. Add one first.")
          : dry
            ? _("Nothing outside changes: steps with an effect note what they would have done.")
            : _("The run begins at this trigger, as if it had been given this data.")
      }
      onClose={close}
      footer={
        <>
          <Button variant="ghost" onClick={close}>
            {_("Cancel")}
          </Button>
          <Button variant="primary" disabled={none || problem !== ""} busy={starting} onClick={start}>
            {dry ? _("Run dry") : _("Run")}
          </Button>
        </>
      }
    >
      {triggers.length > 1 && (
        <Field label={_("Trigger")}>
          <Select value={trigger} onChange={choose} options={triggerOptions(triggers)} />
        </Field>
      )}
      {!none && (
        <Field label={_("Data, as JSON")} help={_("An object is one item, a list of objects is one item each.")} error={problem}>
          <TextArea code rows={8} className="run-data" value={text} onChange={setWritten} />
        </Field>
      )}
    </Dialog>
  );
}
