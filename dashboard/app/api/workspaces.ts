import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, request, withQuery } from "./client";
import type {
  CreateBuildRequest,
  CreateWorkspaceRequest,
  Workspace,
  WorkspaceBuild,
  WorkspacesResponse,
} from "./types";

export const workspacesQuery = (q: string, limit: number, offset: number) =>
  queryOptions({
    queryKey: ["workspaces", q, limit, offset],
    queryFn: ({ signal }) =>
      request<WorkspacesResponse>("GET", withQuery(api`/workspaces`, { q, limit, offset }), { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });

export const workspaceQuery = (owner: string, name: string) =>
  queryOptions({
    queryKey: ["workspace", owner, name],
    queryFn: ({ signal }) => request<Workspace>("GET", api`/users/${owner}/workspace/${name}`, { signal }),
  });

export const buildsQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ["builds", workspaceId],
    queryFn: ({ signal }) =>
      request<WorkspaceBuild[]>("GET", `${api`/workspaces/${workspaceId}/builds`}?limit=25`, { signal }),
  });

export const createWorkspace = (owner: string, body: CreateWorkspaceRequest) =>
  request<Workspace>("POST", api`/users/${owner}/workspaces`, { body });

export const createBuild = (workspaceId: string, body: CreateBuildRequest) =>
  request<WorkspaceBuild>("POST", api`/workspaces/${workspaceId}/builds`, {
    body: { ...body, reason: "dashboard" } satisfies CreateBuildRequest,
  });

export const cancelBuild = (buildId: string) =>
  request<void>("PATCH", api`/workspacebuilds/${buildId}/cancel`);

export const watchWorkspacePath = (id: string) => api`/workspaces/${id}/watch-ws`;
export const buildLogsPath = (id: string, after: number) =>
  `${api`/workspacebuilds/${id}/logs`}?follow=true&after=${after}`;
export const agentLogsPath = (id: string, after: number) =>
  `${api`/workspaceagents/${id}/logs`}?follow=true&after=${after}`;
export const agentMetadataPath = (id: string) => api`/workspaceagents/${id}/watch-metadata-ws`;
export const terminalPath = (agentId: string, reconnect: string, width: number, height: number) =>
  withQuery(api`/workspaceagents/${agentId}/pty`, { reconnect, width, height });
