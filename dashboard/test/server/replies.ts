import type { IncomingMessage } from "node:http";
import type { World } from "./world";

export interface Reply {
  status: number;
  body?: unknown;
}

/** What a route is given: the world, the path's variable parts, the parsed body, the query, the headers. */
export interface Call {
  world: World;
  parts: string[];
  // biome-ignore lint/suspicious/noExplicitAny: bodies are whatever the dashboard sends
  body: any;
  query: URLSearchParams;
  headers: IncomingMessage["headers"];
}

export type Handler = (call: Call) => Reply;

/** A method and a path whose variable parts are stars, with what answers it. */
export type Route = [string, Handler];

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const created = (body: unknown): Reply => ({ status: 201, body });
export const done: Reply = { status: 204 };
export const refused = (status: number, message: string, more: object = {}): Reply => ({
  status,
  body: { message, ...more },
});
export const missing = refused(404, "Resource not found or you do not have access to this resource");

export function found(value: unknown): Reply {
  return value === undefined ? missing : ok(value);
}

/** The part of a list that was asked for. */
export function page<T>(list: T[], query: URLSearchParams): T[] {
  const offset = Number(query.get("offset") ?? 0);
  const limit = Number(query.get("limit") ?? 0);
  return list.slice(offset, limit > 0 ? offset + limit : undefined);
}
