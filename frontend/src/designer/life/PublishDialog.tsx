/** Check, then publish: what is wrong leads to its place, and what is right can be live at once. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { Rocket } from "lucide-react";
import { useState } from "react";
import { _, _n } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { Checkbox } from "../../ui/Checkbox";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { Progress } from "../../ui/Progress";
import { TextInput } from "../../ui/TextInput";
import { toast } from "../../ui/Toast";
import { useDesigner } from "../model/designer";
import { settled } from "../model/settled";
import { useFacts } from "./facts";
import { FaultList } from "./FaultList";
import { checkDraft, isSerious } from "./faults";
import { activate, publish } from "./lifecycle";

export function PublishDialog({ close }: { readonly close: () => void }) {
  const designer = useDesigner();
  const { status, published_version } = useFacts();
  const [message, setMessage] = useState("");
  const [goLive, setGoLive] = useState(published_version === null);
  const check = useQuery({
    queryKey: ["check", designer.props.workflow.id],
    queryFn: ({ signal }) => settled(designer).then(() => checkDraft(designer, signal)),
    gcTime: 0,
    retry: false,
  });
  const work = useMutation({
    mutationFn: async () => {
      const number = await publish(designer, message);
      toast(_("Published version {number}.", { number: number ?? 0 }));
      if (goLive && status !== "active") await activate(designer);
    },
    onSuccess: close,
  });
  const serious = (check.data ?? []).filter(isSerious);
  const problem = work.error ?? check.error;
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    if (check.data && serious.length === 0) work.mutate();
  };
  return (
    <Dialog
      open
      title={_("Publish")}
      description={_("The published version is the one that triggers run. What you change afterwards stays a draft until you publish again.")}
      onClose={close}
      footer={
        <>
          <Button variant="ghost" onClick={close}>
            {_("Cancel")}
          </Button>
          <Button type="submit" form="publish-form" variant="primary" icon={<Rocket size={14} />} busy={work.isPending} disabled={!check.data || serious.length > 0}>
            {_("Publish")}
          </Button>
        </>
      }
    >
      <form id="publish-form" className="form" onSubmit={submit}>
        {check.isFetching && <Progress label={_("Checking…")} value={null} />}
        {problem && (
          <p className="alert err" role="alert">
            {problem.message}
          </p>
        )}
        {serious.length > 0 && (
          <p role="status">{_n("{n} thing must be mended first. Choose it to go there.", "{n} things must be mended first. Choose one to go there.", serious.length)}</p>
        )}
        {check.data && <FaultList faults={check.data} gone={close} />}
        <Field label={_("What has changed")} optional>
          <TextInput value={message} onChange={setMessage} maxLength={200} data-autofocus />
        </Field>
        {status !== "active" && <Checkbox label={_("Activate: let its triggers start runs")} checked={goLive} onChange={setGoLive} />}
      </form>
    </Dialog>
  );
}
