/** Over a run of the past: of when it is, and whether the workflow is still the one that ran. */
import { useAtomValue, useStore } from "jotai";
import { _ } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { useRun } from "../commands/use-commands";
import { useDesigner } from "../model/designer";
import { shownDefinitionAtom } from "../state/shown-definition";
import { backToDraft, closeRun, showVersion } from "./actions";
import { ranDefinitionAtom, runFactsAtom, shownRunAtom, type RunFacts } from "./atoms";
import { day } from "./words";

export function PastBar() {
  const shown = useAtomValue(shownRunAtom);
  const facts = useAtomValue(runFactsAtom);
  if (shown?.origin !== "past" || !facts) return null;
  return <Banner facts={facts} />;
}

function Banner({ facts }: { readonly facts: RunFacts }) {
  const { rights } = useDesigner().props;
  const atoms = useStore();
  const act = useRun();
  const changed = useAtomValue(ranDefinitionAtom) !== null;
  const showsVersion = useAtomValue(shownDefinitionAtom) !== null;
  const values = { when: day(facts.createdAt), version: facts.version };
  const words = showsVersion
    ? _("Run of {when}, v{version}. This is the version that ran; it cannot be changed.", values)
    : changed
      ? _("Run of {when}, v{version}. The workflow has changed since.", values)
      : _("Run of {when}, v{version}.", values);
  return (
    <div className="run-past">
      <p>{words}</p>
      <div className="run-failure-actions">
        {changed && !showsVersion && (
          <Button size="small" onClick={() => showVersion({ atoms })}>
            {_("Show version {version}", { version: facts.version })}
          </Button>
        )}
        {rights.run && (
          <Button size="small" onClick={() => act("run.debug")}>
            {_("Debug in the editor")}
          </Button>
        )}
        <Button size="small" onClick={() => (showsVersion ? backToDraft({ atoms }) : closeRun({ atoms }))}>
          {_("Back to now")}
        </Button>
      </div>
    </div>
  );
}
