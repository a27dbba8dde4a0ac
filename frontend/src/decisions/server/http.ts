/** One request to the API of decision tables, through the product's own client: refusals are thrown as `ApiError`. */
import { api } from "../../api/client";

const ROOT = "/api/v1/decision-tables/";

export interface Asked {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
type Send = (path: string, init: object) => Promise<{ readonly data?: unknown; readonly response: Response }>;

/** The address of a part of a table: `pathOf(id, "tests", "run")`. */
export function pathOf(...parts: readonly string[]): string {
  return ROOT + parts.map((part) => `${encodeURIComponent(part)}/`).join("");
}

export async function ask<Answer>(method: Method, path: string, { query, body, headers, signal }: Asked = {}): Promise<Answer> {
  const send = api[method] as unknown as Send;
  const { data } = await send(path, {
    params: { query: query ?? {} },
    ...(body === undefined ? {} : { body }),
    ...(headers ? { headers } : {}),
    ...(signal ? { signal } : {}),
  });
  return data as Answer;
}
