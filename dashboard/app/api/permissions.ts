import { queryOptions, useQuery } from "@tanstack/react-query";
import { api, request } from "./client";
import type { AuthorizationCheck, Workspace } from "./types";

export type Checks = Record<string, AuthorizationCheck>;
export type Answers<C extends Checks> = { [Name in keyof C]: boolean };

export const permissionsQuery = <C extends Checks>(checks: C) =>
  queryOptions({
    queryKey: ["authcheck", checks],
    queryFn: ({ signal }) => request<Answers<C>>("POST", api`/authcheck`, { body: { checks }, signal }),
    staleTime: 30_000,
  });

/** The server's answers; undefined while they are awaited. The server decides again at every call. */
export function usePermissions<C extends Checks>(checks: C): Answers<C> | undefined {
  return useQuery(permissionsQuery(checks)).data;
}

/** What decides the parts of the frame and the administrators' pages. */
export const siteChecks = {
  readAudit: { object: { resource_type: "audit_log", any_org: true }, action: "read" },
  readConnections: { object: { resource_type: "connection_log", any_org: true }, action: "read" },
  readUsers: { object: { resource_type: "user" }, action: "read" },
  createUsers: { object: { resource_type: "user" }, action: "create" },
  updateUsers: { object: { resource_type: "user" }, action: "update" },
  readAllWorkspaces: { object: { resource_type: "workspace" }, action: "read" },
} satisfies Checks;

export function workspaceChecks(workspace: Workspace) {
  const object = {
    resource_type: "workspace",
    resource_id: workspace.id,
    owner_id: workspace.owner_id,
    organization_id: workspace.organization_id,
  };
  return {
    start: { object, action: "start" },
    stop: { object, action: "stop" },
    update: { object, action: "update" },
    delete: { object, action: "delete" },
    ssh: { object, action: "ssh" },
    openApps: { object, action: "application_connect" },
  } satisfies Checks;
}

export function createWorkspaceChecks(organizationId: string, ownerId: string) {
  return {
    create: {
      object: { resource_type: "workspace", organization_id: organizationId, owner_id: ownerId },
      action: "create",
    },
  } satisfies Checks;
}
