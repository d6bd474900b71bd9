import { queryOptions } from "@tanstack/react-query";
import { api, request } from "./client";
import type { AuditSink, AuditSinkTrial } from "./types";

const REFRESH = 5_000;

export const sinksQuery = queryOptions({
  queryKey: ["audit-sinks"],
  queryFn: ({ signal }) => request<AuditSink[]>("GET", api`/audit/sinks`, { signal }),
  refetchInterval: REFRESH,
});

export const setSinkEnabled = (id: string, enabled: boolean) =>
  request<AuditSink>("PATCH", api`/audit/sinks/${id}`, { body: { enabled } });

export const testSink = (id: string) => request<AuditSinkTrial>("POST", api`/audit/sinks/${id}/test`);

export const deleteSink = (id: string) => request<void>("DELETE", api`/audit/sinks/${id}`);
