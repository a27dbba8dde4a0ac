import { _, _n } from "../../lib/i18n";
import { Moment } from "../../ui/Moment";
import type { Version } from "./versions";

interface Props {
  readonly rows: readonly Version[];
  readonly chosen: number | null;
  readonly published: number | null;
  readonly choose: (number: number) => void;
}

/** Versions, newest first; one is chosen. */
export function VersionList({ rows, chosen, published, choose }: Props) {
  return (
    <ul className="version-list" aria-label={_("Versions")}>
      {rows.map((version, at) => (
        <li key={version.id}>
          <button type="button" className="version" aria-pressed={version.number === chosen} onClick={() => choose(version.number)}>
            <span className="version-head">
              <strong>v{version.number}</strong>
              {at === 0 && <span className="chip">{_("now")}</span>}
              {version.number === published && <span className="chip">{_("published")}</span>}
              <span className="sub">
                <Moment value={version.updated_at} />
              </span>
            </span>
            {version.message && <span>{version.message}</span>}
            <span className="sub">
              {version.author_name && <bdi>{version.author_name} · </bdi>}
              {_n("{n} step", "{n} steps", version.node_count)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
