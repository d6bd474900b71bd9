import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, request, withQuery } from "./client";
import type { AuditLogResponse, AuditLogStatus, ConnectionLogResponse } from "./types";

const TAIL_MS = 2_000;
const STATUS_MS = 30_000;

export const auditStatusQuery = queryOptions({
  queryKey: ["audit", "status"],
  queryFn: ({ signal }) => request<AuditLogStatus>("GET", api`/audit/log/status`, { signal }),
  refetchInterval: STATUS_MS,
});

/** @param follow whether it is asked again and again while the page is in sight */
export const auditQuery = (q: string, limit: number, offset: number, follow = false) =>
  queryOptions({
    refetchInterval: follow ? TAIL_MS : false,
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
