/** One version: who made it when, looking at it, bringing it back. */
import { useMutation } from "@tanstack/react-query";
import { Eye, GitCompare, Rocket, Undo2 } from "lucide-react";
import { useSetAtom } from "jotai";
import { tableState } from "../../../doc";
import { _ } from "../../../lib/i18n";
import { IconButton } from "../../../ui/Button";
import { Moment } from "../../../ui/Moment";
import { toast } from "../../../ui/Toast";
import { shownTableAtom } from "../../state/shown";
import { publish, readVersion } from "../../server/calls";
import type { Version } from "../../server/types";
import { useDesk } from "../desk";
import { publishedAtom } from "./facts";
import { restore, versionsChanged } from "./queries";

interface Props {
  readonly version: Version;
  readonly isPublished: boolean;
  readonly isCompared: boolean;
  readonly compare: () => void;
}

export function VersionItem({ version, isPublished, isCompared, compare }: Props) {
  const desk = useDesk();
  const show = useSetAtom(shownTableAtom);
  const setPublished = useSetAtom(publishedAtom);
  const n = version.number;
  const tell = (error: Error): void => void toast(error.message, "error");
  const look = useMutation({ mutationFn: () => readVersion(desk.table.id, n), onSuccess: (document) => show(tableState(document)), onError: tell });
  const back = useMutation({
    mutationFn: () => restore(desk, n),
    onSuccess: () => (show(null), toast(_("Version {n} is the draft now. What was there is kept as a version.", { n }))),
    onError: tell,
  });
  const again = useMutation({
    mutationFn: () => publish(desk.table.id, { version: n }),
    onSuccess: async (number) => {
      setPublished(number);
      await versionsChanged(desk);
      toast(_("Published version {number}.", { number: number ?? n }));
    },
    onError: tell,
  });
  return (
    <li className="version-item" data-compared={isCompared || undefined}>
      <div className="version-item-head">
        <strong>{_("Version {n}", { n })}</strong>
        {isPublished && <span className="chip chip-ok">{_("published")}</span>}
        {version.override_failing_tests && <span className="chip chip-warn">{_("with failing tests")}</span>}
        <span className="spacer" />
        <IconButton size="small" icon={<GitCompare size={13} />} label={_("Compare version {n}", { n })} onClick={compare} />
        <IconButton size="small" icon={<Eye size={13} />} label={_("Show version {n} in the grid", { n })} busy={look.isPending} onClick={() => look.mutate()} />
        {desk.rights.write && <IconButton size="small" icon={<Undo2 size={13} />} label={_("Make version {n} the draft", { n })} busy={back.isPending} onClick={() => back.mutate()} />}
        {desk.rights.publish && !isPublished && <IconButton size="small" icon={<Rocket size={13} />} label={_("Publish version {n}", { n })} busy={again.isPending} onClick={() => again.mutate()} />}
      </div>
      {version.message && <p>{version.message}</p>}
      <p className="muted">
        <bdi>{version.author}</bdi> · <Moment value={version.created_at} />
      </p>
    </li>
  );
}
