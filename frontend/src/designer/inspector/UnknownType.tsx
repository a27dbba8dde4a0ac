/** A step whose type is not installed here: it stays in the workflow as it is. */
import type { NodeState } from "../../doc";
import { isObject } from "../../doc/json";
import { _ } from "../../lib/i18n";
import { parametersOf } from "./form/parameter";

export const PLACEHOLDER = "placeholder";

export function UnknownType({ node }: { readonly node: NodeState }) {
  const given = parametersOf(node);
  const missing = node.type === PLACEHOLDER ? String(given["original_type"] ?? "") : node.type;
  const raw = node.type === PLACEHOLDER && isObject(given["original"]) ? given["original"] : given;
  return (
    <div className="parameter-form">
      <div className="alert warn">
        <div>
          <strong>{_("“{type}” is not available here", { type: missing })}</strong>
          <p>{typeof given["reason"] === "string" && given["reason"] !== "" ? given["reason"] : _("The workflow cannot run as long as this step is in it. Put another one in its place, or install what is missing. Nothing of it is lost meanwhile.")}</p>
        </div>
      </div>
      <p className="label">{_("Its data")}</p>
      <pre className="code" tabIndex={0}>
        {JSON.stringify(raw, null, 2).slice(0, 20_000)}
      </pre>
    </div>
  );
}
