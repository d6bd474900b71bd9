import { errorOf, UnreachableError } from "./errors";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface RequestOptions {
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

const TIMEOUT_MS = 30_000;

/**
 * A path below `/api/v2` in which every inserted value is one path segment or one query value.
 * Values come from the address bar: one that would climb out of its segment (`..`) is refused, so that
 * a prepared link cannot make the browser call another route.
 */
export function api(strings: TemplateStringsArray, ...values: (string | number)[]): string {
  const parts = values.map((value) => {
    const text = String(value);
    if (text === "" || text === "." || text === "..") throw new Error("Not a valid name in an address.");
    return encodeURIComponent(text);
  });
  return `/api/v2${String.raw({ raw: strings }, ...parts)}`;
}

/** Appends the parameters that have a value. */
export function withQuery(path: string, parameters: Record<string, string | number | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}

/**
 * Calls the API with the session cookie, which scripts never see. The two headers on unsafe methods are
 * what a foreign page cannot send without the server's consent; the server asks for them.
 */
export async function request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json", ...options.headers };
  if (method !== "GET") {
    headers["Content-Type"] = "application/json";
    headers["X-Requested-With"] = "cloister";
  }
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(path, {
    method,
    headers,
    body: options.body === undefined ? undefined : JSON.stringify(options.body),
    credentials: "same-origin",
    cache: "no-store",
    redirect: "error",
    signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
  }).catch((cause: unknown) => {
    if (options.signal?.aborted) throw cause;
    throw new UnreachableError(cause);
  });
  const body = await readJson(response);
  if (!response.ok) throw errorOf(response.status, body, requestIdOf(response));
  return body as T;
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function requestIdOf(response: Response): string | undefined {
  return response.headers.get("X-Coder-Request-Id") ?? response.headers.get("X-Request-Id") ?? undefined;
}
