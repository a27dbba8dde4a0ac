/** Trying the table: one input with its trace, or a file of many. */
import { useAtom, useAtomValue } from "jotai";
import { useEffect } from "react";
import { _ } from "../../../lib/i18n";
import { Field } from "../../../ui/Field";
import { Segmented } from "../../../ui/Segmented";
import { BatchRun } from "../batch/BatchRun";
import { useDesk } from "../desk";
import { RefusedNote } from "../RefusedCells";
import { usePublished } from "../versions/facts";
import type { VersionName } from "../../server/types";
import { runManyAtom, runVersionAtom } from "./atoms";
import { RunOne } from "./RunOne";
import "../panels.css";

export function RunPanel() {
  const [many, setMany] = useAtom(runManyAtom);
  const version = useAtomValue(runVersionAtom);
  return (
    <div className="table-panel">
      <div className="run-choices">
        <Segmented
          label={_("How many")}
          value={many ? "many" : "one"}
          onChange={(value) => setMany(value === "many")}
          options={[
            { value: "one", label: _("One input") },
            { value: "many", label: _("A file") },
          ]}
        />
        <VersionChoice />
      </div>
      {version === "draft" && <RefusedNote />}
      {many ? <BatchRun /> : <RunOne />}
    </div>
  );
}

/** Whoever may not change the draft sees only what is published. */
function VersionChoice() {
  const { rights } = useDesk();
  const [version, choose] = useAtom(runVersionAtom);
  const isPublished = usePublished() !== null;
  const mayDraft = rights.write;
  useEffect(() => {
    if (!mayDraft) choose("published");
  }, [mayDraft, choose]);
  return (
    <Field label={_("Which version")} className="run-version" group>
      <Segmented<VersionName & string>
        label={_("Which version")}
        value={version === "published" ? "published" : "draft"}
        onChange={choose}
        options={[
          { value: "draft", label: _("Draft"), disabled: !mayDraft },
          { value: "published", label: _("Published"), disabled: !isPublished },
        ]}
      />
    </Field>
  );
}
