import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, request, withQuery } from "./client";
import type { AclChange } from "./templates";
import type {
  BuildParameter,
  CreateBuildRequest,
  CreateWorkspaceRequest,
  PortShare,
  PortShares,
  Workspace,
  WorkspaceAcl,
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

export const buildParametersQuery = (buildId: string) =>
  queryOptions({
    queryKey: ["build-parameters", buildId],
    queryFn: ({ signal }) =>
      request<BuildParameter[]>("GET", api`/workspacebuilds/${buildId}/parameters`, { signal }),
  });

export const renameWorkspace = (id: string, name: string) =>
  request<void>("PATCH", api`/workspaces/${id}`, { body: { name } });

/** The empty text switches it off. */
export const setAutostart = (id: string, schedule: string) =>
  request<void>("PUT", api`/workspaces/${id}/autostart`, { body: { schedule: schedule || null } });

export const setTtl = (id: string, ttlMs: number | null) =>
  request<void>("PUT", api`/workspaces/${id}/ttl`, { body: { ttl_ms: ttlMs } });

export const setAutomaticUpdates = (id: string, always: boolean) =>
  request<void>("PUT", api`/workspaces/${id}/autoupdates`, {
    body: { automatic_updates: always ? "always" : "never" },
  });

export const setDormant = (id: string, dormant: boolean) =>
  request<Workspace>("PUT", api`/workspaces/${id}/dormant`, { body: { dormant } });

export const setFavorite = (id: string, favorite: boolean) =>
  request<void>(favorite ? "PUT" : "DELETE", api`/workspaces/${id}/favorite`);

export const workspaceAclQuery = (id: string) =>
  queryOptions({
    queryKey: ["workspace-acl", id],
    queryFn: ({ signal }) => request<WorkspaceAcl>("GET", api`/workspaces/${id}/acl`, { signal }),
  });

export const updateWorkspaceAcl = (id: string, change: AclChange) =>
  request<void>("PATCH", api`/workspaces/${id}/acl`, {
    body: { user_roles: change.users ?? {}, group_roles: change.groups ?? {} },
  });

export const portSharesQuery = (id: string) =>
  queryOptions({
    queryKey: ["port-shares", id],
    queryFn: async ({ signal }) =>
      (await request<PortShares>("GET", api`/workspaces/${id}/port-share`, { signal })).shares ?? [],
  });

export const sharePort = (id: string, share: Omit<PortShare, "workspace_id">) =>
  request<PortShare>("POST", api`/workspaces/${id}/port-share`, { body: share });

export const unsharePort = (id: string, agent: string, port: number) =>
  request<void>("DELETE", api`/workspaces/${id}/port-share`, { body: { agent_name: agent, port } });

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
