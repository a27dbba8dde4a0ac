import type { components } from "./schema";

export type Problem = components["schemas"]["Problem"];

/** The words for what never reached the server, or came back as something else than a problem document. */
const NO_ANSWER = "no_answer";
const UNREADABLE = "unreadable_answer";
const EVERY = new Set(["code", "detail", "errors", "request_id", "status", "title", "type"]);

/** A refusal of the API. `code` is the stable word to program against, `detail` is for people. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: string;
  readonly detail: string;
  /** Messages by place in the body. */
  readonly errors: Readonly<Record<string, readonly string[]>>;
  readonly request_id: string;
  /** Members that only this refusal has, such as `retry_after`. */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(
    readonly status: number,
    problem: Partial<Problem>,
    options?: ErrorOptions,
  ) {
    super(problem.detail || problem.title || `The server answered ${status}.`, options);
    this.code = problem.code ?? UNREADABLE;
    this.detail = this.message;
    this.errors = problem.errors ?? {};
    this.request_id = problem.request_id ?? "";
    this.more = Object.fromEntries(Object.entries(problem).filter(([name]) => !EVERY.has(name)));
  }

  /** Whether the same request may succeed later. */
  get isPassing(): boolean {
    return this.code === NO_ANSWER || this.status === 429 || this.status === 502 || this.status === 503;
  }
}

/** The error of a request that got no answer at all. */
export function noAnswer(cause: unknown, requestId: string): ApiError {
  const detail = "The server cannot be reached. Check the connection and try again.";
  return new ApiError(0, { code: NO_ANSWER, detail, request_id: requestId }, { cause });
}

function isProblem(value: unknown): value is Partial<Problem> {
  return typeof value === "object" && value !== null && typeof (value as { code?: unknown }).code === "string";
}

/** The error of an answer that is not a success; a proxy's page has no code of ours. */
export async function errorOf(answer: Response, requestId: string): Promise<ApiError> {
  const known = { request_id: answer.headers.get("X-Correlation-ID") ?? requestId };
  try {
    const said: unknown = await answer.json();
    if (isProblem(said)) return new ApiError(answer.status, { ...known, ...said });
  } catch {
    // No JSON: told without its words.
  }
  return new ApiError(answer.status, known);
}
