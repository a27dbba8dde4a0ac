/** The rows that could not be evaluated, and why. */
import { _ } from "../../../lib/i18n";
import type { BatchRow } from "../../server/types";
import { useNumbered } from "../RuleLink";

const MOST = 100;

export function BatchFaults({ results }: { readonly results: readonly BatchRow[] }) {
  const numbered = useNumbered();
  const faults = results.flatMap((row) => ("error" in row ? [{ index: row.index, message: row.error.message }] : []));
  if (faults.length === 0) return null;
  return (
    <div className="table-wrap">
      <table className="table dense">
        <thead>
          <tr>
            <th scope="col" className="number">
              {_("Row")}
            </th>
            <th scope="col">{_("What is wrong")}</th>
          </tr>
        </thead>
        <tbody>
          {faults.slice(0, MOST).map(({ index, message }) => (
            <tr key={index}>
              <td className="number">{index + 1}</td>
              <td>{numbered(message)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {faults.length > MOST && <p className="muted">{_("And {n} more; the download has them all.", { n: faults.length - MOST })}</p>}
    </div>
  );
}
