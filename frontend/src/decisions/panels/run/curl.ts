/** The call that gives the same answer from a command line. */
import type { Values, VersionName } from "../../server/types";

export function curlOf(baseUrl: string, table: string, inputs: Values, version: VersionName): string {
  const body = JSON.stringify({ inputs, ...(version === "published" ? {} : { version }) });
  return [
    `curl -X POST ${quoted(`${baseUrl}/api/v1/decision-tables/${encodeURIComponent(table)}/evaluate/`)}`,
    '-H "Authorization: Bearer $EXPRSN_TOKEN"',
    `-H 'Content-Type: application/json'`,
    `-d ${quoted(body)}`,
  ].join(" \\\n  ");
}

/** For a POSIX shell: nothing within is expanded. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
