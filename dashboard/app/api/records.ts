import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, request, withQuery } from "./client";
import type { AuditLogResponse, ConnectionLogResponse } from "./types";

export const auditQuery = (q: string, limit: number, offset: number) =>
  queryOptions({
    queryKey: ["audit", q, limit, offset],
    queryFn: ({ signal }) =>
      request<AuditLogResponse>("GET", withQuery(api`/audit`, { q, limit, offset }), { signal }),
    placeholderData: keepPreviousData,
  });

export const connectionsQuery = (q: string, limit: number, offset: number) =>
  queryOptions({
    queryKey: ["connectionlog", q, limit, offset],
    queryFn: ({ signal }) =>
      request<ConnectionLogResponse>("GET", withQuery(api`/connectionlog`, { q, limit, offset }), {
        signal,
      }),
    placeholderData: keepPreviousData,
  });
