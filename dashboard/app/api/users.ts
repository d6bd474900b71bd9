import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, request, withQuery } from "./client";
import type {
  ApiKey,
  CreateTokenRequest,
  CreateUserRequest,
  EffectiveRights,
  GeneratedKey,
  Organization,
  TokenConfig,
  User,
  UsersResponse,
} from "./types";

export const usersQuery = (q: string, limit: number, offset: number) =>
  queryOptions({
    queryKey: ["users", q, limit, offset],
    queryFn: ({ signal }) =>
      request<UsersResponse>("GET", withQuery(api`/users`, { q, limit, offset }), { signal }),
    placeholderData: keepPreviousData,
  });

export const userQuery = (name: string) =>
  queryOptions({
    queryKey: ["users", name],
    queryFn: ({ signal }) => request<User>("GET", api`/users/${name}`, { signal }),
  });

export const userOrganizationsQuery = (name: string) =>
  queryOptions({
    queryKey: ["users", name, "organizations"],
    queryFn: ({ signal }) => request<Organization[]>("GET", api`/users/${name}/organizations`, { signal }),
  });

export const effectiveRightsQuery = (user: string, resource: string) =>
  queryOptions({
    queryKey: ["users", user, "rights", resource],
    queryFn: ({ signal }) =>
      request<EffectiveRights>(
        "GET",
        withQuery(api`/users/${user}/effective-permissions`, { resource_type: resource }),
        { signal },
      ),
    placeholderData: keepPreviousData,
  });

export const createUser = (user: CreateUserRequest) => request<User>("POST", api`/users`, { body: user });

export const setUserStatus = (id: string, change: "suspend" | "activate") =>
  request<User>("PUT", api`/users/${id}/status/${change}`);

export const updateProfile = (username: string, name: string) =>
  request<User>("PUT", api`/users/me/profile`, { body: { username, name } });

export const changePassword = (oldPassword: string, password: string) =>
  request<void>("PUT", api`/users/me/password`, { body: { old_password: oldPassword, password } });

export const deleteUser = (id: string) => request<unknown>("DELETE", api`/users/${id}`);

export const setPassword = (id: string, password: string) =>
  request<void>("PUT", api`/users/${id}/password`, { body: { password } });

/** A code with which the person sets a new password themselves. */
export const issueCode = (id: string) =>
  request<{ one_time_passcode: string; expires_at: string }>("POST", api`/users/${id}/one-time-passcode`);

export const setUserRoles = (id: string, roles: string[]) =>
  request<User>("PUT", api`/users/${id}/roles`, { body: { roles } });

export const tokensQuery = (expiredToo: boolean) =>
  queryOptions({
    queryKey: ["tokens", expiredToo],
    queryFn: ({ signal }) =>
      request<ApiKey[]>(
        "GET",
        withQuery(api`/users/me/keys/tokens`, { include_expired: expiredToo ? "true" : undefined }),
        { signal },
      ),
  });

export const tokenConfigQuery = queryOptions({
  queryKey: ["token-config"],
  queryFn: ({ signal }) => request<TokenConfig>("GET", api`/users/me/keys/tokens/tokenconfig`, { signal }),
  staleTime: 300_000,
});

export const scopesQuery = queryOptions({
  queryKey: ["scopes"],
  queryFn: async ({ signal }) =>
    (await request<{ external: string[] | null }>("GET", api`/auth/scopes`, { signal })).external ?? [],
  staleTime: 300_000,
});

export const createToken = (body: CreateTokenRequest) =>
  request<GeneratedKey>("POST", api`/users/me/keys/tokens`, { body });

export const deleteKey = (id: string) => request<void>("DELETE", api`/users/me/keys/${id}`);

export const createSessionKey = () => request<GeneratedKey>("POST", api`/users/me/keys`);
