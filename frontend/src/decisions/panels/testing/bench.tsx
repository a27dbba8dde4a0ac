/** A table at hand for tests of panels: a real store, no server but the answers that a test gives. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createStore, Provider } from "jotai";
import type { ReactElement } from "react";
import { vi } from "vitest";
import { DocumentStore, History, tableResource, tableState, type Json, type OpenDocument, type TableState } from "../../../doc";
import { render } from "../../../ui/testing/render";
import { TableContext, type TableModel } from "../../state/model";
import type { Rights } from "../../state/props";

export const PRICING: Json = {
  schema_version: 1,
  hit_policy: "FIRST",
  input_columns: [
    { name: "quantity", type: "number", label: "Quantity" },
    { name: "customer_tier", type: "string", label: "Customer Tier" },
  ],
  output_columns: [{ name: "price", type: "number", label: "Unit Price" }],
  rules: [{ id: "r1", conditions: [{ column: "quantity", operator: ">=", value: 100 }], outputs: { price: 8.5 } }],
};

export type Answers = Readonly<Record<string, (body: Json) => unknown>>;

/** The answers of the server by `POST /evaluate/`; a `Response` is given as it is. What is asked is noted. */
function serve(answers: Answers): { asked: string[] } {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    const part = new URL(request.url).pathname.replace(/^\/api\/v1\/decision-tables\/[^/]*/, "");
    const key = `${request.method} ${part}`;
    const body = request.method === "GET" ? null : ((await request.json()) as Json);
    asked.push(key);
    const answer = answers[key]?.(body);
    if (answer instanceof Response) return answer;
    return answer === undefined ? problem(404, "not_found", "There is nothing here.") : Response.json(answer);
  });
  return { asked };
}

export function problem(status: number, code: string, detail: string, errors: Record<string, string[]> = {}): Response {
  return Response.json({ type: "about:blank", title: detail, status, code, detail, errors, request_id: "1" }, { status });
}

export interface Bench {
  readonly atoms: ReturnType<typeof createStore>;
  readonly store: DocumentStore<TableState>;
  readonly asked: readonly string[];
}

export async function bench(panel: ReactElement, answers: Answers = {}, rights: Partial<Rights> = {}): Promise<Bench> {
  const { asked } = serve(answers);
  const store = new DocumentStore(tableResource, { seq: 0, epoch: "1" as never, state: tableState(PRICING) });
  const saved = { kind: "saved" };
  const sync = { saving: () => saved, subscribe: () => () => {}, wake: () => {} };
  const document = { store, history: new History(store), sync } as unknown as OpenDocument<TableState>;
  const table = { id: "t1", name: "pricing", label: "Pricing", description: "", application: "", version: 1, published_version: null };
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const model: TableModel = { props: { table, person: { id: "p", name: "P" }, rights: { write: true, run: true, publish: true, ...rights }, baseUrl: "http://x" }, document, queries };
  const atoms = createStore();
  await render(
    <TableContext value={model}>
      <Provider store={atoms}>
        <QueryClientProvider client={queries}>{panel}</QueryClientProvider>
      </Provider>
    </TableContext>,
  );
  return { atoms, store, asked };
}
