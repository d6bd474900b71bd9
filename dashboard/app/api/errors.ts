import type { ErrorResponse, ValidationError } from "./types";

/** The server answered, and refused. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    body: ErrorResponse,
    readonly requestId?: string,
  ) {
    super(body.message);
    this.detail = body.detail;
    this.validations = body.validations ?? [];
  }

  readonly detail: string | undefined;
  readonly validations: ValidationError[];

  /** Refusals by field, for a form. Those of fields the form does not have are joined into `rest`. */
  byField(fields: readonly string[]): { fields: Record<string, string>; rest: string[] } {
    const known: Record<string, string> = {};
    const rest: string[] = [];
    for (const { field, detail } of this.validations) {
      if (fields.includes(field) && !(field in known)) known[field] = detail;
      else rest.push(`${field}: ${detail}`);
    }
    return { fields: known, rest };
  }
}

/** No answer: the server is away, or the network is. */
export class UnreachableError extends Error {
  override readonly name = "UnreachableError";

  constructor(cause: unknown) {
    super("The server cannot be reached.", { cause });
  }
}

const fallbackMessages: Record<number, string> = {
  401: "You are not signed in.",
  403: "You may not do this.",
  404: "Not found, or you have no access to it.",
  413: "The request is too large.",
  429: "Too many requests. Wait a moment and try again.",
  502: "The server is not available at the moment.",
  503: "The server is not available at the moment.",
  504: "The server did not answer in time.",
};

/** Reads a refusal in whatever shape it arrives; a proxy's HTML page must not become the message. */
export function errorOf(status: number, body: unknown, requestId?: string): ApiError {
  if (isErrorResponse(body)) return new ApiError(status, body, requestId);
  const message = fallbackMessages[status] ?? `The server answered with status ${status}.`;
  return new ApiError(status, { message }, requestId);
}

function isErrorResponse(body: unknown): body is ErrorResponse {
  return (
    typeof body === "object" &&
    body !== null &&
    "message" in body &&
    typeof body.message === "string" &&
    body.message !== ""
  );
}

/**
 * The server does not have the operation, or says that it has not got it yet. A missing thing is answered with 404
 * as well, but in other words.
 */
export function isNotOffered(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.status === 501 || (error.status === 404 && error.message === "Route not found.");
}

/** One sentence for a person, and what else is known. */
export function describeError(error: unknown): { message: string; detail?: string; requestId?: string } {
  if (isNotOffered(error) && hasStatus(error, 404)) {
    return { message: "This server does not offer that." };
  }
  if (error instanceof ApiError) {
    const listed = error.validations.map((each) => `${each.field}: ${each.detail}`).join("; ");
    return {
      message: error.message,
      detail: error.detail || listed || undefined,
      requestId: error.requestId,
    };
  }
  if (error instanceof Error) return { message: error.message };
  return { message: "Something went wrong." };
}

export function hasStatus(error: unknown, status: number): boolean {
  return error instanceof ApiError && error.status === status;
}
