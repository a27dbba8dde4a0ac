/** Publishing: what stands in its way, what the checks found, what has changed, and what to do when tests fail. */
import { useMutation } from "@tanstack/react-query";
import { CircleX, Rocket } from "lucide-react";
import { useAtom, useAtomValue, useSetAtom } from "jotai";
import { useState } from "react";
import { ApiError } from "../../../api/client";
import { _, _n } from "../../../lib/i18n";
import { Button } from "../../../ui/Button";
import { Dialog } from "../../../ui/Dialog";
import { Field } from "../../../ui/Field";
import { TextInput } from "../../../ui/TextInput";
import { toast } from "../../../ui/Toast";
import { dialogAtom, panelAtom, refusedCellsAtom } from "../../state/atoms";
import { useTableModel } from "../../state/model";
import { publish } from "../../server/calls";
import { checkedAtom } from "../checks/atoms";
import { useDesk } from "../desk";
import { Problem } from "../Problem";
import { RefusedCells } from "../RefusedCells";
import { PUBLISH } from "../ids";
import { numbered, numberedDraftAtom, publishedAtom } from "./facts";
import { versionsChanged } from "./queries";

export function PublishDialog() {
  const [dialog, setDialog] = useAtom(dialogAtom);
  if (dialog?.kind !== "slot" || dialog.id !== PUBLISH) return null;
  return <Publishing close={() => setDialog(null)} />;
}

function Publishing({ close }: { readonly close: () => void }) {
  const desk = useDesk();
  const { store } = useTableModel().document;
  const setPublished = useSetAtom(publishedAtom);
  const setDraft = useSetAtom(numberedDraftAtom);
  const [message, setMessage] = useState("");
  const work = useMutation({
    mutationFn: async (override: boolean) => {
      await desk.settled();
      // What is changed while the answer is awaited is not published.
      const draft = numbered(store, null);
      const number = await publish(desk.table.id, { ...(message.trim() ? { message: message.trim() } : {}), ...(override ? { override_failing_tests: true } : {}) });
      return { ...draft, number };
    },
    onSuccess: async (draft) => {
      const { number } = draft;
      setPublished(number);
      setDraft(draft);
      close();
      toast(_("Published version {number}.", { number: number ?? 0 }));
      await versionsChanged(desk);
    },
  });
  const failing = work.error instanceof ApiError && work.error.code === "tests_failed" ? work.error.errors : null;
  const refused = useAtomValue(refusedCellsAtom).length;
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    if (refused === 0) work.mutate(false);
  };
  return (
    <Dialog
      open
      title={_("Publish")}
      description={_("Calls and workflows get this version at once. What you change afterwards stays a draft until you publish again.")}
      onClose={close}
      footer={
        <>
          <Button variant="ghost" onClick={close}>
            {_("Cancel")}
          </Button>
          <Button type="submit" form="publish-table" variant="primary" icon={<Rocket size={14} aria-hidden="true" />} busy={work.isPending} disabled={refused > 0} title={refused > 0 ? _("First mend the cells that were not taken.") : undefined}>
            {_("Publish")}
          </Button>
        </>
      }
    >
      <form id="publish-table" className="form" onSubmit={submit}>
        <RefusedCells leave={close} />
        <Found close={close} />
        {failing && refused === 0 && <Failing failing={failing} close={close} anyway={() => work.mutate(true)} />}
        {work.error && !failing && <Problem error={work.error} />}
        <Field label={_("What has changed")} optional>
          <TextInput value={message} onChange={setMessage} maxLength={200} data-autofocus />
        </Field>
      </form>
    </Dialog>
  );
}

/** Findings do not keep anybody from publishing; they are told. */
function Found({ close }: { readonly close: () => void }) {
  const { verification } = useAtomValue(checkedAtom);
  const open = useSetAtom(panelAtom);
  const found = (verification?.findings ?? []).filter(({ severity }) => severity !== "info").length;
  if (found === 0) return null;
  return (
    <div className="alert warn">
      <p>{_n("The checks found {n} thing.", "The checks found {n} things.", found)}</p>
      <div className="run-actions">
        <Button size="small" onClick={() => (close(), open("checks"))}>
          {_("Look at it first")}
        </Button>
      </div>
    </div>
  );
}

const MOST = 10;

interface FailingProps {
  readonly failing: Readonly<Record<string, readonly string[]>>;
  readonly close: () => void;
  readonly anyway: () => void;
}

function Failing({ failing, close, anyway }: FailingProps) {
  const open = useSetAtom(panelAtom);
  const names = Object.keys(failing);
  return (
    <section className="alert err" role="alert">
      <p>{_n("{n} test fails, so nothing was published.", "{n} tests fail, so nothing was published.", names.length)}</p>
      <ul className="failing-names">
        {names.slice(0, MOST).map((name) => (
          <li key={name}>
            <CircleX size={13} aria-hidden="true" />
            <span>
              <strong>{name}</strong> {failing[name]?.[0]}
            </span>
          </li>
        ))}
      </ul>
      <div className="run-actions">
        <Button size="small" onClick={() => (close(), open("tests"))}>
          {_("Look at the tests")}
        </Button>
        <Button size="small" variant="danger" onClick={anyway}>
          {_("Publish anyway")}
        </Button>
      </div>
      <p className="muted">{_("Publishing anyway is noted with the version and in the audit log.")}</p>
    </section>
  );
}
