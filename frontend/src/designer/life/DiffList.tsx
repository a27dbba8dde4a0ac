/** What differs between two versions, in words, step by step. */
import { _, _n } from "../../lib/i18n";
import { nameOf, type NodeState } from "../../doc";
import type { Diff } from "./versions";
import { shortValue } from "./values";

type Change = Diff["nodes"]["changed"][number]["changes"][number];

export function DiffList({ diff }: { readonly diff: Diff }) {
  const { nodes, connections, settings } = diff;
  const isEmpty = [nodes.added, nodes.removed, nodes.changed, nodes.moved, connections.added, connections.removed, settings].every((part) => part.length === 0);
  if (isEmpty) return <p className="muted">{_("There is no difference.")}</p>;
  return (
    <div className="diff-list">
      <Steps title={_("Added steps")} look="added" nodes={nodes.added as unknown as readonly NodeState[]} />
      <Steps title={_("Removed steps")} look="removed" nodes={nodes.removed as unknown as readonly NodeState[]} />
      {nodes.changed.map((node) => (
        <section key={node.id} className="diff-part changed">
          <h3>
            <bdi>{node.name}</bdi>
          </h3>
          <Changes changes={node.changes} />
        </section>
      ))}
      {(connections.added.length > 0 || connections.removed.length > 0) && (
        <section className="diff-part">
          <h3>{_("Connections")}</h3>
          <p>
            {[
              connections.added.length > 0 ? _n("{n} added", "{n} added", connections.added.length) : "",
              connections.removed.length > 0 ? _n("{n} removed", "{n} removed", connections.removed.length) : "",
            ]
              .filter(Boolean)
              .join(" · ")}
          </p>
        </section>
      )}
      {settings.length > 0 && (
        <section className="diff-part">
          <h3>{_("Settings")}</h3>
          <Changes changes={settings} />
        </section>
      )}
      {nodes.moved.length > 0 && <p className="muted">{_n("{n} step was moved.", "{n} steps were moved.", nodes.moved.length)}</p>}
    </div>
  );
}

function Steps({ title, look, nodes }: { readonly title: string; readonly look: string; readonly nodes: readonly NodeState[] }) {
  if (nodes.length === 0) return null;
  return (
    <section className={`diff-part ${look}`}>
      <h3>{title}</h3>
      <ul>
        {nodes.map((node) => (
          <li key={node.id}>
            <bdi>{nameOf(node)}</bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Changes({ changes }: { readonly changes: readonly Change[] }) {
  return (
    <dl className="diff-changes">
      {changes.map((change) => (
        <div key={change.path}>
          <dt>{change.path}</dt>
          <dd>
            <del>{shortValue(change.old)}</del>
            <ins>{shortValue(change.new)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
