/** Settings of the workflow: what it is called, and how its runs behave. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { _ } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Tabs } from "../../ui/Tabs";
import { useDesigner } from "../model/designer";
import { DataSettings } from "./DataSettings";
import { useFacts } from "./facts";
import { GeneralSettings, type General } from "./GeneralSettings";
import { rename } from "./lifecycle";
import { LimitSettings } from "./LimitSettings";
import { RunSettings } from "./RunSettings";

type Tab = "general" | "runs" | "limits" | "data";

export function SettingsDialog({ close }: { readonly close: () => void }) {
  const designer = useDesigner();
  const facts = useFacts();
  const [tab, setTab] = useState<Tab>("general");
  const [general, setGeneral] = useState<General>({ name: facts.name, description: facts.description, folder: facts.folder, tags: facts.tags.join(", ") });
  const save = useMutation({
    mutationFn: () => rename(designer, { ...general, tags: general.tags.split(",").map((tag) => tag.trim()).filter(Boolean) }),
    onSuccess: close,
  });
  return (
    <Dialog
      open
      size="m"
      title={_("Workflow settings")}
      onClose={close}
      keepOpen
      footer={
        <>
          <Button variant="ghost" onClick={close}>
            {tab === "general" ? _("Cancel") : _("Close")}
          </Button>
          {tab === "general" && designer.props.rights.write && (
            <Button type="submit" form="general-form" variant="primary" busy={save.isPending}>
              {_("Save")}
            </Button>
          )}
        </>
      }
    >
      <Tabs
        className="settings-tabs"
        label={_("Settings")}
        value={tab}
        onChange={setTab}
        items={[
          { id: "general", label: _("General"), content: <GeneralSettings value={general} onChange={setGeneral} error={save.error} submit={() => save.mutate()} /> },
          { id: "runs", label: _("Runs"), content: <RunSettings /> },
          { id: "limits", label: _("Limits"), content: <LimitSettings /> },
          { id: "data", label: _("Data"), content: <DataSettings /> },
        ]}
      />
    </Dialog>
  );
}
