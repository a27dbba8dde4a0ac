/** Operations over the HTTP API. */
import type { Client } from "openapi-fetch";
import { ApiError, createApi, type ApiOptions } from "../api/client";
import { isList, isObject, type Json } from "./json";
import { Refusal, type Faults } from "./refusal";
import { Denied, type Answer, type Batch, type EventPage, type Transport } from "./transport";

type Ok = { responses: { 200: { content: { "application/json": unknown } } } };
type Place = { path: { collection: Collection; id: string } };

/** Under which part of the API the document is found. */
export type Collection = "workflows" | "decision-tables";

interface DocumentPaths {
  "/api/v1/{collection}/{id}/operations/": {
    post: Ok & { parameters: Place; requestBody: { content: { "application/json": Batch } } };
    get: Ok & { parameters: Place & { query: { after: number; limit: number } } };
  };
  "/api/v1/{collection}/{id}/document/": { get: Ok & { parameters: Place } };
}

const STALE = new Set([412]);
const DENIED = new Set([401, 403, 404, 410]);
/** Asked for at once; the server may answer fewer. */
const PAGE = 500;

/** What a refusal means for the batch; throws what is worth another try. */
function answerOf(error: unknown): Answer {
  if (!(error instanceof ApiError)) throw error;
  const { status, code, detail, errors, more } = error;
  if (STALE.has(status) || code === "epoch_changed") return { kind: "stale" };
  if (code === "base_too_old") return { kind: "behind" };
  if (DENIED.has(status)) throw new Denied(code, detail);
  if (status < 400 || status >= 500 || status === 408 || status === 425 || status === 429) throw error;
  const place = Object.keys(errors).map((key) => /^ops(?:\[|\.)(\d+)/.exec(key)?.[1]).find((at) => at !== undefined);
  // A conflict that is not about an operation is no reason to drop one.
  if (status === 409 && place === undefined) throw new Denied(code, detail);
  const path = Array.isArray(more["path"]) ? more["path"].map(String) : [];
  const refusal = new Refusal(code, detail, path, (more["current"] ?? null) as Json, faultsOf(more["faults"]));
  return { kind: "refused", index: place === undefined ? null : Number(place), refusal };
}

function faultsOf(sent: unknown): Faults {
  if (!isObject(sent)) return {};
  return Object.fromEntries(Object.entries(sent).map(([place, messages]) => [place, isList(messages) ? messages.map(String) : []]));
}

async function read<Body>(asked: Promise<{ data?: unknown }>): Promise<Body> {
  try {
    const { data } = await asked;
    if (data === undefined) throw new ApiError(200, {});
    return data as Body;
  } catch (error) {
    if (error instanceof ApiError && DENIED.has(error.status)) throw new Denied(error.code, error.detail);
    throw error;
  }
}

export function httpTransport(collection: Collection, id: string, options: ApiOptions = {}): Transport {
  // These paths are typed here, by the contract that the server and this client share.
  const api = createApi(options) as unknown as Client<DocumentPaths, "application/json">;
  const path = { collection, id };
  return {
    async submit(body) {
      try {
        const { data } = await api.POST("/api/v1/{collection}/{id}/operations/", { params: { path }, body });
        if (data === undefined) throw new ApiError(200, {});
        return { ...(data as EventPage), kind: "accepted" };
      } catch (error) {
        return answerOf(error);
      }
    },
    events(after) {
      const params = { path, query: { after, limit: PAGE } };
      return read(api.GET("/api/v1/{collection}/{id}/operations/", { params }));
    },
    load: () => read(api.GET("/api/v1/{collection}/{id}/document/", { params: { path } })),
  };
}
