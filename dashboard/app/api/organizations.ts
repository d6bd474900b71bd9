import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, request, withQuery } from "./client";
import type { MembersResponse, Organization, OrganizationRequest, WorkspaceQuota } from "./types";

export const organizationsQuery = queryOptions({
  queryKey: ["organizations"],
  queryFn: ({ signal }) => request<Organization[]>("GET", api`/organizations`, { signal }),
  staleTime: 60_000,
});

export const organizationQuery = (name: string) =>
  queryOptions({
    queryKey: ["organizations", name],
    queryFn: ({ signal }) => request<Organization>("GET", api`/organizations/${name}`, { signal }),
  });

export const createOrganization = (body: OrganizationRequest) =>
  request<Organization>("POST", api`/organizations`, { body });

export const updateOrganization = (id: string, body: OrganizationRequest) =>
  request<Organization>("PATCH", api`/organizations/${id}`, { body });

export const deleteOrganization = (id: string) => request<void>("DELETE", api`/organizations/${id}`);

export const membersQuery = (organization: string, q: string, limit: number, offset: number) =>
  queryOptions({
    queryKey: ["members", organization, q, limit, offset],
    queryFn: ({ signal }) =>
      request<MembersResponse>(
        "GET",
        withQuery(api`/organizations/${organization}/paginated-members`, { q, limit, offset }),
        { signal },
      ),
    placeholderData: keepPreviousData,
  });

export const addMember = (organization: string, user: string) =>
  request<void>("POST", api`/organizations/${organization}/members/${user}`);

export const removeMember = (organization: string, user: string) =>
  request<void>("DELETE", api`/organizations/${organization}/members/${user}`);

export const setMemberRoles = (organization: string, user: string, roles: string[]) =>
  request<void>("PUT", api`/organizations/${organization}/members/${user}/roles`, { body: { roles } });

export const quotaQuery = (organization: string, user: string) =>
  queryOptions({
    queryKey: ["quota", organization, user],
    queryFn: ({ signal }) =>
      request<WorkspaceQuota>("GET", api`/organizations/${organization}/members/${user}/workspace-quota`, {
        signal,
      }),
  });
