import { queryOptions } from "@tanstack/react-query";
import { api, request } from "./client";
import { hasStatus } from "./errors";
import type { AppHost, BuildInfo, CreateFirstUserRequest, SshConfig, User } from "./types";

export const meQuery = queryOptions({
  queryKey: ["me"],
  meta: { asksWho: true },
  queryFn: ({ signal }) => request<User>("GET", api`/users/me`, { signal }),
  staleTime: 60_000,
});

/** Whether set-up is over: a first user exists. */
export const firstUserQuery = queryOptions({
  queryKey: ["first-user"],
  queryFn: async ({ signal }) => {
    try {
      await request("GET", api`/users/first`, { signal });
      return true;
    } catch (error) {
      if (hasStatus(error, 404)) return false;
      throw error;
    }
  },
  staleTime: 0,
});

export const buildInfoQuery = queryOptions({
  queryKey: ["buildinfo"],
  queryFn: ({ signal }) => request<BuildInfo>("GET", api`/buildinfo`, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** The wildcard host name for apps; empty where none is configured. */
export const appHostQuery = queryOptions({
  queryKey: ["app-host"],
  queryFn: async ({ signal }) => {
    try {
      return (await request<AppHost>("GET", api`/applications/host`, { signal })).host;
    } catch (error) {
      if (hasStatus(error, 404)) return "";
      throw error;
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
});

export const sshConfigQuery = queryOptions({
  queryKey: ["ssh-config"],
  queryFn: ({ signal }) => request<SshConfig>("GET", api`/deployment/ssh`, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** The answer's token is not read: the cookie set beside it is what the browser uses. */
export async function login(email: string, password: string): Promise<void> {
  await request("POST", api`/users/login`, { body: { email, password } });
}

/** Has a code sent that sets a new password. The answer is the same whether there is such an account or not. */
export const requestCode = (email: string) =>
  request<void>("POST", api`/users/otp/request`, { body: { email } });

export const changeByCode = (email: string, code: string, password: string) =>
  request<void>("POST", api`/users/otp/change-password`, {
    body: { email, one_time_passcode: code, password },
  });

export async function logout(): Promise<void> {
  await request("POST", api`/users/logout`);
}

export async function createFirstUser(user: CreateFirstUserRequest, setupToken: string): Promise<void> {
  const headers = setupToken === "" ? undefined : { "Cloister-Setup-Token": setupToken };
  await request("POST", api`/users/first`, { body: user, headers });
}
