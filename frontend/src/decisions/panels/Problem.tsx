/** A refusal in words: what it is, where, and the number to name when asking for help. */
import { CircleX } from "lucide-react";
import { ApiError } from "../../api/client";
import { _ } from "../../lib/i18n";
import { RuleLink, useNumbered } from "./RuleLink";

const MOST = 10;

export function Problem({ error }: { readonly error: Error }) {
  const rules = rulesOf(error);
  const numbered = useNumbered(rules);
  const errors = error instanceof ApiError ? Object.entries(error.errors) : [];
  return (
    <div className="alert err with-icon" role="alert">
      <CircleX size={16} aria-hidden="true" />
      <p>{numbered(error.message)}</p>
      {rules.length > 0 && (
        <p className="run-rules">
          {rules.slice(0, MOST).map((id) => (
            <RuleLink key={id} id={id} />
          ))}
        </p>
      )}
      {errors.length > 0 && (
        <ul>
          {errors.slice(0, MOST).map(([path, messages]) => (
            <li key={path}>
              {path && <code>{path}</code>} {numbered(messages[0] ?? "")}
            </li>
          ))}
        </ul>
      )}
      {errors.length > MOST && <p>{_("And {n} more.", { n: errors.length - MOST })}</p>}
    </div>
  );
}

/** The rules that a refusal names, such as those that matched at once. */
function rulesOf(error: Error): readonly string[] {
  const named: unknown = error instanceof ApiError ? error.more["rules"] : null;
  return Array.isArray(named) ? named.filter((id): id is string => typeof id === "string") : [];
}
