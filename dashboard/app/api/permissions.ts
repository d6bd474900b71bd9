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

/** What decides the parts of the frame and the administrators' pages: one question for all of them. */
export const siteChecks = {
  readAudit: { object: { resource_type: "audit_log", any_org: true }, action: "read" },
  readSinks: { object: { resource_type: "audit_sink" }, action: "read" },
  updateSinks: { object: { resource_type: "audit_sink" }, action: "update" },
  deleteSinks: { object: { resource_type: "audit_sink" }, action: "delete" },
  readConnections: { object: { resource_type: "connection_log", any_org: true }, action: "read" },
  readUsers: { object: { resource_type: "user" }, action: "read" },
  createUsers: { object: { resource_type: "user" }, action: "create" },
  updateUsers: { object: { resource_type: "user" }, action: "update" },
  deleteUsers: { object: { resource_type: "user" }, action: "delete" },
  assignRoles: { object: { resource_type: "assign_role" }, action: "assign" },
  createRoles: { object: { resource_type: "assign_role" }, action: "create" },
  updateRoles: { object: { resource_type: "assign_role" }, action: "update" },
  deleteRoles: { object: { resource_type: "assign_role" }, action: "delete" },
  readAllWorkspaces: { object: { resource_type: "workspace" }, action: "read" },
  createOrganizations: { object: { resource_type: "organization" }, action: "create" },
  readAnyMembers: { object: { resource_type: "organization_member", any_org: true }, action: "read" },
  readDeployment: { object: { resource_type: "deployment_config" }, action: "read" },
  updateDeployment: { object: { resource_type: "deployment_config" }, action: "update" },
  readHealth: { object: { resource_type: "debug_info" }, action: "read" },
  updateNotificationTemplates: { object: { resource_type: "notification_template" }, action: "update" },
} satisfies Checks;

/** What can be done in one organization. */
export function organizationChecks(organizationId: string) {
  const of = (resource_type: string) => ({ resource_type, organization_id: organizationId });
  const organization = {
    resource_type: "organization",
    resource_id: organizationId,
    organization_id: organizationId,
  };
  return {
    update: { object: organization, action: "update" },
    delete: { object: organization, action: "delete" },
    readMembers: { object: of("organization_member"), action: "read" },
    addMembers: { object: of("organization_member"), action: "create" },
    removeMembers: { object: of("organization_member"), action: "delete" },
    readGroups: { object: of("group"), action: "read" },
    createGroups: { object: of("group"), action: "create" },
    updateGroups: { object: of("group"), action: "update" },
    deleteGroups: { object: of("group"), action: "delete" },
    assignRoles: { object: of("assign_org_role"), action: "assign" },
    createRoles: { object: of("assign_org_role"), action: "create" },
    updateRoles: { object: of("assign_org_role"), action: "update" },
    deleteRoles: { object: of("assign_org_role"), action: "delete" },
  } satisfies Checks;
}

export function templateChecks(template: { id: string; organization_id: string }) {
  const object = {
    resource_type: "template",
    resource_id: template.id,
    organization_id: template.organization_id,
  };
  return {
    update: { object, action: "update" },
    delete: { object, action: "delete" },
  } satisfies Checks;
}

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
    share: { object, action: "share" },
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
