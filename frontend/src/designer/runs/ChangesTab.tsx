/** What a dry run would have changed outside, step by step. */
import { useQuery } from "@tanstack/react-query";
import { useAtomValue, useStore } from "jotai";
import { _, _n } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { EmptyState } from "../../ui/EmptyState";
import { select } from "./actions";
import { shownRunAtom } from "./atoms";
import { grouped } from "./grouped";
import { keys } from "./keys";
import { readExecution, type Change } from "./server";

export function ChangesTab() {
  const execution = useAtomValue(shownRunAtom)?.execution ?? "";
  const { data } = useQuery({ queryKey: keys.execution(execution), queryFn: () => readExecution(execution), enabled: execution !== "" });
  if (!data) return null;
  if (data.changes.length === 0) {
    return <EmptyState small title={_("Nothing would have changed")} text={_("No step of this run has an effect outside of the workflow.")} />;
  }
  return (
    <div className="runs-tab runs-scroll" tabIndex={0} role="region" aria-label={_("What would have been changed")}>
      {[...grouped(data.changes, ({ node_id }) => node_id)].map(([node, changes]) => (
        <OfNode key={node} node={node} changes={changes} />
      ))}
    </div>
  );
}

function OfNode({ node, changes }: { readonly node: string; readonly changes: readonly Change[] }) {
  const atoms = useStore();
  return (
    <section className="change-node">
      <header>
        <h2>{changes[0]?.node}</h2>
        <span className="run-bar-text">{_n("{n} change", "{n} changes", changes.length)}</span>
        <Button size="small" variant="ghost" onClick={() => select({ atoms }, node)}>
          {_("Show on the canvas")}
        </Button>
      </header>
      {changes.map((change, at) => (
        <div key={at} className="change-effect">
          <span className="run-bar-text">{_("Item {n}", { n: change.item + 1 })}</span>
          <pre className="code">{JSON.stringify(change.effect, null, 2)}</pre>
        </div>
      ))}
    </section>
  );
}
