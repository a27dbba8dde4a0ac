/** What a node type is for, its ports, and an example to begin with. */
import { gestures, type Json, type NodeState } from "../../doc";
import { isObject } from "../../doc/json";
import { _ } from "../../lib/i18n";
import { Button } from "../../ui/Button";
import { Markdown } from "../../ui/Markdown";
import { useAtomValue } from "jotai";
import { nodePorts } from "../canvas/flow-nodes";
import type { NodePort, NodeType } from "../catalogue/catalogue";
import { useEdit } from "../model/edit";
import { readOnlyAtom } from "../state/mode";

export function DocumentationTab({ node, type }: { readonly node: NodeState; readonly type: NodeType }) {
  const { inputs, outputs } = nodePorts(type, node);
  const hasExample = isObject(type.example) && Object.keys(type.example).length > 0;
  return (
    <div className="documentation">
      <p>{type.description}</p>
      <Markdown text={type.documentation} topLevel={3} />
      <Ports title={_("Inputs")} ports={inputs} />
      <Ports title={_("Outputs")} ports={outputs} />
      {hasExample && <Example node={node} example={type.example as Json} />}
    </div>
  );
}

function Ports({ title, ports }: { readonly title: string; readonly ports: readonly NodePort[] }) {
  if (ports.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul className="documentation-ports">
        {ports.map(({ name, description }) => (
          <li key={name}>
            <code>{name}</code> {description}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Example({ node, example }: { readonly node: NodeState; readonly example: Json }) {
  const edit = useEdit();
  const readOnly = useAtomValue(readOnlyAtom);
  const use = () => {
    if (!isObject(example)) return;
    edit((state) => Object.entries(example).flatMap(([name, value]) => gestures.setParameter(state, node.id, [name], value)), { label: _("Use the example") });
  };
  return (
    <section>
      <h3>{_("Example")}</h3>
      <pre className="code" tabIndex={0}>
        {JSON.stringify(example, null, 2)}
      </pre>
      {!readOnly && (
        <Button size="small" onClick={use}>
          {_("Use this example")}
        </Button>
      )}
    </section>
  );
}
