/** Check, then publish: what is wrong leads to its place, and what is right can be live at once. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { Rocket } from "lucide-react";
import { useState } from "react";
import { ApiError } from "../../api/client";
import { caseKeys, readCases } from "../cases/server";
import { _, _n } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { Checkbox } from "../../ui/Checkbox";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { Progress } from "../../ui/Progress";
import { TextInput } from "../../ui/TextInput";
import { toast } from "../../ui/Toast";
import { useDesigner } from "../model/designer";
import { settled } from "../../document/settled";
import { useFacts } from "./facts";
import { isSerious } from "../state/faults";
import { FailingTests, type Failing } from "./FailingTests";
import { FaultList } from "./FaultList";
import { checkDraft } from "./faults";
import { activate, publish } from "./lifecycle";

/** The tests that keep the workflow from being published, with what they say; null when it is about something else. */
function failingTests(error: Error | null): Failing | null {
  return error instanceof ApiError && error.code === "tests_failed" ? error.errors : null;
}

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
    mutationFn: async (skipTests: boolean) => {
      const number = await publish(designer, message, skipTests);
      toast(_("Published version {number}.", { number: number ?? 0 }));
      if (goLive && status !== "active") await activate(designer);
    },
    onSuccess: close,
  });
  const tests = useQuery({ queryKey: caseKeys.list(designer.props.workflow.id), queryFn: () => readCases(designer.props.workflow.id) });
  const hasTests = (tests.data ?? []).length > 0;
  const serious = (check.data ?? []).filter(isSerious);
  const failing = failingTests(work.error);
  const problem = failing ? null : (work.error ?? check.error);
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    if (check.data && serious.length === 0) work.mutate(false);
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
        {work.isPending && hasTests && (
          <div role="status">
            <p>{_("Running the tests…")}</p>
            <Progress label={_("Running the tests")} value={null} />
          </div>
        )}
        {failing && <FailingTests failing={failing} publishAnyway={() => work.mutate(true)} />}
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
