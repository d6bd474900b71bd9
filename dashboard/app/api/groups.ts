import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, request, withQuery } from "./client";
import type { Group, GroupMembersResponse, GroupRequest, PatchGroupRequest } from "./types";

export const groupsQuery = (organization: string) =>
  queryOptions({
    queryKey: ["groups", organization],
    queryFn: ({ signal }) => request<Group[]>("GET", api`/organizations/${organization}/groups`, { signal }),
  });

export const groupQuery = (organization: string, name: string) =>
  queryOptions({
    queryKey: ["groups", organization, name],
    queryFn: ({ signal }) =>
      request<Group>("GET", api`/organizations/${organization}/groups/${name}`, { signal }),
  });

export const groupMembersQuery = (id: string, q: string, limit: number, offset: number) =>
  queryOptions({
    queryKey: ["group-members", id, q, limit, offset],
    queryFn: ({ signal }) =>
      request<GroupMembersResponse>("GET", withQuery(api`/groups/${id}/members`, { q, limit, offset }), {
        signal,
      }),
    placeholderData: keepPreviousData,
  });

export const createGroup = (organization: string, body: GroupRequest) =>
  request<Group>("POST", api`/organizations/${organization}/groups`, { body });

export const updateGroup = (id: string, body: Partial<PatchGroupRequest>) =>
  request<Group>("PATCH", api`/groups/${id}`, {
    body: { add_users: [], remove_users: [], ...body } satisfies PatchGroupRequest,
  });

export const deleteGroup = (id: string) => request<Group>("DELETE", api`/groups/${id}`);
