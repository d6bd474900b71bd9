import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, request, withQuery } from "./client";
import type { ApiKey, CreateUserRequest, GeneratedKey, Organization, User, UsersResponse } from "./types";

const NANOSECONDS_PER_DAY = 86_400 * 1e9;

export const usersQuery = (q: string, limit: number, offset: number) =>
  queryOptions({
    queryKey: ["users", q, limit, offset],
    queryFn: ({ signal }) =>
      request<UsersResponse>("GET", withQuery(api`/users`, { q, limit, offset }), { signal }),
    placeholderData: keepPreviousData,
  });

export const organizationsQuery = queryOptions({
  queryKey: ["organizations"],
  queryFn: ({ signal }) => request<Organization[]>("GET", api`/organizations`, { signal }),
  staleTime: 60_000,
});

export const createUser = (user: CreateUserRequest) => request<User>("POST", api`/users`, { body: user });

export const setUserStatus = (id: string, change: "suspend" | "activate") =>
  request<User>("PUT", api`/users/${id}/status/${change}`);

export const updateProfile = (username: string, name: string) =>
  request<User>("PUT", api`/users/me/profile`, { body: { username, name } });

export const changePassword = (oldPassword: string, password: string) =>
  request<void>("PUT", api`/users/me/password`, { body: { old_password: oldPassword, password } });

export const tokensQuery = queryOptions({
  queryKey: ["tokens"],
  queryFn: ({ signal }) => request<ApiKey[]>("GET", api`/users/me/keys/tokens`, { signal }),
});

export const createToken = (name: string, days: number) =>
  request<GeneratedKey>("POST", api`/users/me/keys/tokens`, {
    body: { token_name: name, lifetime: days * NANOSECONDS_PER_DAY },
  });

export const deleteKey = (id: string) => request<void>("DELETE", api`/users/me/keys/${id}`);

export const createSessionKey = () => request<GeneratedKey>("POST", api`/users/me/keys`);
