import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, expectTypeOf, test } from "vitest";
import { ApiError, createApi, csrfFromCookie, newCorrelationId } from "./client";
import type { components } from "./schema";

/** What came in, and what is to be answered: a real server, so that headers and bodies are real ones. */
interface Heard {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
}
let heard: Heard[] = [];
let answer: (response: ServerResponse) => void;
let server: Server;
let baseUrl = "";

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      heard.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body });
      answer(response);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());
beforeEach(() => {
  heard = [];
  answer = json(200, { results: [], next_cursor: null });
});

function json(status: number, body: unknown, type = "application/json") {
  return (response: ServerResponse) => {
    response.writeHead(status, { "Content-Type": type, "X-Correlation-ID": "said-by-server" });
    response.end(JSON.stringify(body));
  };
}

const made = () => createApi({ baseUrl, csrfToken: () => "the-token", correlationId: () => "my-id" });
const refusal = async (promise: Promise<unknown>): Promise<ApiError> => {
  const error: unknown = await promise.then(
    () => new Error("nothing was refused"),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
};
const PROBLEM = {
  type: "about:blank",
  title: "Invalid input",
  status: 422,
  detail: "Some values are wrong; see errors.",
  code: "invalid",
  errors: { name: ["This field is required."] },
  request_id: "id-of-the-server",
};

test("a read names its query, its id and no token", async () => {
  const { data } = await made().GET("/api/v1/workflows/", { params: { query: { search: "a b", limit: 5 } } });
  expect(data).toEqual({ results: [], next_cursor: null });
  expect(heard[0]?.url).toBe("/api/v1/workflows/?search=a%20b&limit=5");
  expect(heard[0]?.headers["x-correlation-id"]).toBe("my-id");
  expect(heard[0]?.headers.accept).toBe("application/json");
  expect(heard[0]?.headers["x-csrftoken"]).toBeUndefined();
});

test("a write carries the token and its body", async () => {
  answer = json(201, { id: "1" });
  await made().POST("/api/v1/workflows/", { body: { name: "Mine" } as components["schemas"]["WorkflowWriteRequest"] });
  expect(heard[0]?.method).toBe("POST");
  expect(heard[0]?.headers["x-csrftoken"]).toBe("the-token");
  expect(JSON.parse(heard[0]?.body ?? "")).toEqual({ name: "Mine" });
});

test("an id that the caller chose stays", async () => {
  await made().GET("/api/v1/workflows/", { headers: { "X-Correlation-ID": "order-4711" } });
  expect(heard[0]?.headers["x-correlation-id"]).toBe("order-4711");
});

test("a path is filled in and escaped", async () => {
  await made().GET("/api/v1/workflows/{workflow_id}/", { params: { path: { workflow_id: "a/b" } } });
  expect(heard[0]?.url).toBe("/api/v1/workflows/a%2Fb/");
});

test("a problem document becomes a typed error", async () => {
  answer = json(422, { ...PROBLEM, limit: 7 }, "application/problem+json");
  const error = await refusal(made().GET("/api/v1/workflows/"));
  expect(error).toMatchObject({
    status: 422,
    code: "invalid",
    detail: "Some values are wrong; see errors.",
    message: "Some values are wrong; see errors.",
    errors: { name: ["This field is required."] },
    request_id: "id-of-the-server",
    more: { limit: 7 },
    isPassing: false,
  });
});

test("a proxy's page is an error too", async () => {
  answer = (response) => {
    response.writeHead(502, { "Content-Type": "text/html" });
    response.end("<h1>Bad gateway</h1>");
  };
  const error = await refusal(made().GET("/api/v1/workflows/"));
  expect(error).toMatchObject({ status: 502, code: "unreadable_answer", request_id: "my-id", isPassing: true });
});

test("JSON that is no problem document is told by its status", async () => {
  for (const body of [null, [], "no", { code: 7 }]) {
    answer = json(500, body);
    const error = await refusal(made().GET("/api/v1/workflows/"));
    expect(error).toMatchObject({ status: 500, code: "unreadable_answer", request_id: "said-by-server" });
  }
});

test("a server that is away is an error with words for people", async () => {
  const nowhere = createApi({ baseUrl: "http://127.0.0.1:1", csrfToken: () => "", correlationId: () => "my-id" });
  const error = await refusal(nowhere.GET("/api/v1/workflows/"));
  expect(error).toMatchObject({ status: 0, code: "no_answer", request_id: "my-id", isPassing: true });
  expect(error.cause).toBeDefined();
});

test("who aborts gets their own abort back", async () => {
  const stop = new AbortController();
  answer = () => stop.abort();
  const promise = made().GET("/api/v1/workflows/", { signal: stop.signal });
  await expect(promise).rejects.toMatchObject({ name: "AbortError" });
});

test("the token is the cookie's, read anew each time", async () => {
  expect(csrfFromCookie("a=1; csrftoken=x%3Dy; b=2")).toBe("x=y");
  expect(csrfFromCookie("notcsrftoken=1")).toBe("");
  document.cookie = "csrftoken=first";
  const client = createApi({ baseUrl });
  await client.DELETE("/api/v1/workflows/{workflow_id}/", { params: { path: { workflow_id: "1" } } });
  document.cookie = "csrftoken=second";
  await client.DELETE("/api/v1/workflows/{workflow_id}/", { params: { path: { workflow_id: "1" } } });
  expect(heard.map((one) => one.headers["x-csrftoken"])).toEqual(["first", "second"]);
});

test("ids are new and fit the header", () => {
  const ids = new Set(Array.from({ length: 50 }, newCorrelationId));
  expect(ids.size).toBe(50);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
});

test("answers are typed as the document says", async () => {
  answer = json(200, { id: "1" });
  const { data } = await made().GET("/api/v1/workflows/{workflow_id}/", { params: { path: { workflow_id: "1" } } });
  expectTypeOf(data).toEqualTypeOf<components["schemas"]["Workflow"] | undefined>();
  // @ts-expect-error an address that the document does not have
  void (() => made().GET("/api/v1/nothing/"));
});
