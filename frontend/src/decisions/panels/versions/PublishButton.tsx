/** At the end of the top bar: which version is published, and publishing. */
import { Rocket } from "lucide-react";
import { useSetAtom } from "jotai";
import { _ } from "../../../lib/i18n";
import { Button } from "../../../ui/Button";
import { classes } from "../../../ui/classes";
import { dialogAtom, panelAtom } from "../../state/atoms";
import { useDesk } from "../desk";
import { PUBLISH } from "../ids";
import { useDraftChanged, usePublished } from "./facts";
import "../panels.css";

export function PublishButton() {
  const { rights } = useDesk();
  const published = usePublished();
  const changed = useDraftChanged();
  const open = useSetAtom(dialogAtom);
  const openPanel = useSetAtom(panelAtom);
  return (
    <>
      <button type="button" className={classes("chip", "version-chip", changed && "chip-warn")} title={changed ? _("The draft differs from the published version.") : undefined} onClick={() => openPanel("versions")}>
        {published === null ? (
          _("not published")
        ) : (
          <>
            {_("v{n}", { n: published })}
            {changed && <span className="version-changed"> · {_("changed")}</span>}
          </>
        )}
      </button>
      {rights.publish && (
        <Button variant="primary" className="bar-publish" icon={<Rocket size={14} aria-hidden="true" />} onClick={() => open({ kind: "slot", id: PUBLISH })}>
          <span>{_("Publish")}</span>
        </Button>
      )}
    </>
  );
}
