import { queryOptions } from "@tanstack/react-query";
import { api, request } from "./client";
import type { AssignableRole, CustomRoleRequest, Role } from "./types";

/** Where roles live: an organization's name, or the whole site. */
export type RoleLevel = { organization: string } | "site";

const path = (level: RoleLevel) =>
  level === "site" ? api`/users/roles` : api`/organizations/${level.organization}/members/roles`;

export const rolesQuery = (level: RoleLevel) =>
  queryOptions({
    queryKey: ["roles", level],
    queryFn: ({ signal }) => request<AssignableRole[]>("GET", path(level), { signal }),
  });

export const createRole = (level: RoleLevel, body: CustomRoleRequest) =>
  request<Role[]>("POST", path(level), { body });

export const updateRole = (level: RoleLevel, body: CustomRoleRequest) =>
  request<Role[]>("PUT", path(level), { body });

export const deleteRole = (level: RoleLevel, name: string) =>
  request<void>("DELETE", `${path(level)}/${encodeURIComponent(name)}`);
