/** Every version with what it differs in; any of them can come back. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { _ } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Progress } from "../../ui/Progress";
import { Segmented } from "../../ui/Segmented";
import { toast } from "../../ui/Toast";
import { useDesigner } from "../model/designer";
import { DiffCanvas } from "./DiffCanvas";
import { DiffList } from "./DiffList";
import { useFacts } from "./facts";
import { NameVersion } from "./NameVersion";
import { VersionList } from "./VersionList";
import { DRAFT, restore, useDiff, useVersions } from "./versions";

type Against = "now" | "before";
type Look = "list" | "canvas";

export function VersionsDialog({ close }: { readonly close: () => void }) {
  const designer = useDesigner();
  const { published_version } = useFacts();
  const versions = useVersions();
  const rows = versions.data?.pages.flatMap((page) => page?.items ?? []) ?? [];
  const [picked, setPicked] = useState<number | null>(null);
  const [against, setAgainst] = useState<Against>("now");
  const [look, setLook] = useState<Look>("list");
  const chosen = picked ?? rows[0]?.number ?? null;
  const before = rows[rows.findIndex(({ number }) => number === chosen) + 1]?.number ?? null;
  const from = against === "now" ? chosen : before;
  const diff = useDiff(from, against === "now" ? DRAFT : (chosen ?? DRAFT));
  const back = useMutation({
    mutationFn: (number: number) => restore(designer, number),
    onSuccess: (_done, number) => {
      toast(_("Version {number} is back, as a new version.", { number }));
      close();
    },
    onError: (error) => toast(error.message, "error"),
  });
  return (
    <Dialog open size="full" title={_("Versions")} onClose={close} className="versions-dialog">
      <div className="versions">
        <div className="versions-left">
          {designer.props.rights.write && <NameVersion />}
          {versions.isPending && <Progress label={_("Loading…")} value={null} />}
          <VersionList rows={rows} chosen={chosen} published={published_version} choose={setPicked} />
          {versions.hasNextPage && (
            <Button size="small" busy={versions.isFetchingNextPage} onClick={() => void versions.fetchNextPage()}>
              {_("Older versions")}
            </Button>
          )}
        </div>
        <div className="versions-right">
          <div className="versions-tools">
            <Segmented
              label={_("Compare")}
              value={against}
              onChange={setAgainst}
              options={[
                { value: "now", label: _("With now") },
                { value: "before", label: _("With the one before") },
              ]}
            />
            <Segmented
              label={_("Show as")}
              value={look}
              onChange={setLook}
              options={[
                { value: "list", label: _("List") },
                { value: "canvas", label: _("Canvas") },
              ]}
            />
            {designer.props.rights.write && chosen !== null && (
              <Button busy={back.isPending} onClick={() => back.mutate(chosen)}>
                {_("Restore version {number}", { number: chosen })}
              </Button>
            )}
          </div>
          {against === "before" && before === null ? (
            <p className="muted">{_("This is the first version.")}</p>
          ) : (
            <>
              {diff.isPending && <Progress label={_("Comparing…")} value={null} />}
              {diff.error && <p className="alert err">{diff.error.message}</p>}
              {diff.data && look === "list" && <DiffList diff={diff.data} />}
              {diff.data && from !== null && look === "canvas" && <DiffCanvas diff={diff.data} from={from} to={against === "now" ? DRAFT : (chosen ?? DRAFT)} />}
            </>
          )}
        </div>
      </div>
    </Dialog>
  );
}
