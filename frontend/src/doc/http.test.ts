import { describe, expect, it } from "vitest";
import { httpTransport } from "./http";
import { Denied, type Batch } from "./transport";

const BATCH: Batch = { base_seq: 3, epoch: 1, client_id: "me", ops: [{ op_id: "x", type: "node_removed", path: ["nodes", "a"] }] };

function answering(status: number, body: unknown): [ReturnType<typeof httpTransport>, Request[]] {
  const requests: Request[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    requests.push(request);
    return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
  };
  return [httpTransport("workflows", "w1", { baseUrl: "https://example.test", fetch, csrfToken: () => "token" }), requests];
}

describe("operations over HTTP", () => {
  it("sends a batch as the contract says", async () => {
    const [transport, requests] = answering(200, { seq: 4, epoch: 1, events: [] });
    expect(await transport.submit(BATCH)).toEqual({ kind: "accepted", seq: 4, epoch: 1, events: [] });
    expect(requests[0]?.url).toBe("https://example.test/api/v1/workflows/w1/operations/");
    expect(requests[0]?.headers.get("X-CSRFToken")).toBe("token");
    expect(await requests[0]?.json()).toEqual(BATCH);
  });

  it("asks for events and for the document", async () => {
    const [transport, requests] = answering(200, { seq: 4, epoch: 1, events: [], state: {} });
    await transport.events(3);
    await transport.load();
    expect(requests.map(({ url }) => new URL(url).pathname + new URL(url).search)).toEqual([
      "/api/v1/workflows/w1/operations/?after=3&limit=500",
      "/api/v1/workflows/w1/document/",
    ]);
  });

  it.each([
    [409, { code: "node_exists", detail: "There.", path: ["nodes", "a"], current: { id: "a" }, errors: { "ops[2].path": ["There."] } }, 2],
    [400, { code: "invalid_value", detail: "Wrong.", errors: {} }, null],
    [413, { code: "value_too_large", detail: "Large.", errors: { "ops[0].new": ["Large."] } }, 0],
  ])("reads a refusal, %i", async (status, body, index) => {
    const [transport] = answering(status, body);
    const answer = await transport.submit(BATCH);
    expect(answer).toMatchObject({ kind: "refused", index, refusal: { code: body.code, message: body.detail } });
    if (status === 409) expect(answer).toMatchObject({ refusal: { path: ["nodes", "a"], current: { id: "a" } } });
  });

  it.each([
    [409, "epoch_changed"],
    [412, "precondition_failed"],
  ])("knows a replaced document, %i", async (status, code) => {
    expect(await answering(status, { code, detail: "" })[0].submit(BATCH)).toEqual({ kind: "stale" });
  });

  it("knows that it has to read first, and a conflict that is about no operation", async () => {
    expect(await answering(409, { code: "base_too_old", detail: "" })[0].submit(BATCH)).toEqual({ kind: "behind" });
    await expect(answering(409, { code: "archived", detail: "" })[0].submit(BATCH)).rejects.toBeInstanceOf(Denied);
  });

  it.each([401, 403, 404])("does not take %i for a refusal of what was typed", async (status) => {
    const [transport] = answering(status, { code: "denied", detail: "No." });
    await expect(transport.submit(BATCH)).rejects.toBeInstanceOf(Denied);
    await expect(transport.load()).rejects.toBeInstanceOf(Denied);
  });

  it.each([429, 500, 502, 503])("throws what is worth another try, %i", async (status) => {
    await expect(answering(status, { code: "busy", detail: "" })[0].submit(BATCH)).rejects.toMatchObject({ status });
  });
});
