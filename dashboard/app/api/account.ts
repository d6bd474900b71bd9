import { queryOptions } from "@tanstack/react-query";
import { api, request } from "./client";
import type {
  ExternalAuths,
  GitSshKey,
  NotificationPreference,
  QuietHours,
  UserAppearance,
  UserSecret,
  UserSecretRequest,
  WebpushSubscription,
} from "./types";

export const sshKeyQuery = queryOptions({
  queryKey: ["ssh-key"],
  queryFn: ({ signal }) => request<GitSshKey>("GET", api`/users/me/gitsshkey`, { signal }),
});

export const regenerateSshKey = () => request<GitSshKey>("PUT", api`/users/me/gitsshkey`);

export const appearanceQuery = queryOptions({
  queryKey: ["my-appearance"],
  queryFn: ({ signal }) => request<UserAppearance>("GET", api`/users/me/appearance`, { signal }),
  staleTime: 300_000,
});

export const updateAppearance = ({ theme_preference, terminal_font }: UserAppearance) =>
  request<UserAppearance>("PUT", api`/users/me/appearance`, { body: { theme_preference, terminal_font } });

export const quietHoursQuery = queryOptions({
  queryKey: ["quiet-hours"],
  queryFn: async ({ signal }) => {
    // The document says a list; a single object is what is sent in truth. Both are understood.
    const answer = await request<QuietHours | QuietHours[]>("GET", api`/users/me/quiet-hours`, { signal });
    const found = Array.isArray(answer) ? answer[0] : answer;
    if (found === undefined) throw new Error("The server gave no quiet hours.");
    return found;
  },
});

export const updateQuietHours = (schedule: string) =>
  request<unknown>("PUT", api`/users/me/quiet-hours`, { body: { schedule } });

export const secretsQuery = queryOptions({
  queryKey: ["secrets"],
  queryFn: ({ signal }) => request<UserSecret[]>("GET", api`/users/me/secrets`, { signal }),
});

export const createSecret = (body: UserSecretRequest) =>
  request<UserSecret>("POST", api`/users/me/secrets`, { body });

export const updateSecret = (name: string, body: UserSecretRequest) =>
  request<UserSecret>("PATCH", api`/users/me/secrets/${name}`, { body });

export const deleteSecret = (name: string) => request<void>("DELETE", api`/users/me/secrets/${name}`);

export const externalAuthsQuery = queryOptions({
  queryKey: ["external-auth"],
  queryFn: ({ signal }) => request<ExternalAuths>("GET", api`/external-auth`, { signal }),
});

export const unlinkExternalAuth = (id: string) => request<unknown>("DELETE", api`/external-auth/${id}`);

export const preferencesQuery = queryOptions({
  queryKey: ["notification-preferences"],
  queryFn: async ({ signal }) =>
    (await request<NotificationPreference[] | null>("GET", api`/users/me/notifications/preferences`, {
      signal,
    })) ?? [],
});

export const subscribeBrowser = (body: WebpushSubscription) =>
  request<void>("POST", api`/users/me/webpush/subscription`, { body });

export const unsubscribeBrowser = (endpoint: string) =>
  request<void>("DELETE", api`/users/me/webpush/subscription`, { body: { endpoint } });

export const testBrowsers = () => request<void>("POST", api`/users/me/webpush/test`);

export const updatePreferences = (disabled: Record<string, boolean>) =>
  request<unknown>("PUT", api`/users/me/notifications/preferences`, {
    body: { template_disabled_map: disabled },
  });
