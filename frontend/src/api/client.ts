/**
 * The API of this server, typed by its own OpenAPI document (`schema.d.ts`, written by `python scripts/api_types.py`).
 *
 *     const { data } = await api.GET("/api/v1/workflows/{workflow_id}/", { params: { path: { workflow_id } } });
 *
 * A refusal is thrown as an `ApiError`; so `data` is there whenever the answer has a body.
 */
import createClient, { type Client, type Middleware } from "openapi-fetch";
import { errorOf, noAnswer } from "./errors";
import type { paths } from "./schema";

const SAFE = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);
const ID_HEADER = "X-Correlation-ID";

export interface ApiOptions {
  /** Where the API is; this page's own host unless told otherwise. */
  baseUrl?: string;
  fetch?: (request: Request) => Promise<Response>;
  /** The token against forged requests; read anew for each request, because signing in changes it. */
  csrfToken?: () => string;
  correlationId?: () => string;
}

/** The token in Django's cookie. */
export function csrfFromCookie(cookies = document.cookie): string {
  for (const part of cookies.split(";")) {
    const [name, value] = part.trim().split("=", 2);
    if (name === "csrftoken") return decodeURIComponent(value ?? "");
  }
  return "";
}

function middleware(csrfToken: () => string, correlationId: () => string): Middleware {
  return {
    onRequest({ request }) {
      request.headers.set("Accept", "application/json");
      if (!request.headers.has(ID_HEADER)) request.headers.set(ID_HEADER, correlationId());
      if (!SAFE.has(request.method)) request.headers.set("X-CSRFToken", csrfToken());
      return request;
    },
    async onResponse({ request, response }) {
      if (!response.ok) throw await errorOf(response, request.headers.get(ID_HEADER) ?? "");
      return response;
    },
    onError({ request, error }) {
      // Whoever aborts knows why.
      if (request.signal.aborted) return undefined;
      return noAnswer(error, request.headers.get(ID_HEADER) ?? "");
    },
  };
}

/** A random id in a form that every browser can make, also without HTTPS. */
export function newCorrelationId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function createApi(options: ApiOptions = {}): Client<paths, "application/json"> {
  const client = createClient<paths, "application/json">({
    baseUrl: options.baseUrl ?? location.origin,
    credentials: "same-origin",
    // Looked up at each call, so that what replaces it later counts.
    fetch: options.fetch ?? ((request) => globalThis.fetch(request)),
  });
  client.use(middleware(options.csrfToken ?? csrfFromCookie, options.correlationId ?? newCorrelationId));
  return client;
}

export const api = createApi();
export { ApiError } from "./errors";
