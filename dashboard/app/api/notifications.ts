import { queryOptions } from "@tanstack/react-query";
import { api, request, withQuery } from "./client";
import type {
  InboxResponse,
  NotificationMethods,
  NotificationsSettings,
  NotificationTemplate,
} from "./types";

/** The newest ones, and how many are unread in all. `before` is the oldest that is known already. */
export const inboxPage = (readStatus: "all" | "unread", before: string | undefined, signal?: AbortSignal) =>
  request<InboxResponse>(
    "GET",
    withQuery(api`/notifications/inbox`, { read_status: readStatus, starting_before: before }),
    { signal },
  );

export const inboxQuery = queryOptions({
  queryKey: ["inbox", "newest"],
  queryFn: ({ signal }) => inboxPage("all", undefined, signal),
  staleTime: 60_000,
});

export const inboxWatchPath = () => api`/notifications/inbox/watch`;

export const setRead = (id: string, read: boolean) =>
  request<unknown>("PUT", api`/notifications/inbox/${id}/read-status`, { body: { is_read: read } });

export const markAllRead = () => request<void>("PUT", api`/notifications/inbox/mark-all-as-read`);

export const notificationTemplatesQuery = queryOptions({
  queryKey: ["notification-templates"],
  queryFn: ({ signal }) =>
    request<NotificationTemplate[]>("GET", api`/notifications/templates/system`, { signal }),
  staleTime: 60_000,
});

export const methodsQuery = queryOptions({
  queryKey: ["notification-methods"],
  queryFn: async ({ signal }) => {
    // The document says a list; the answer is one object.
    const answer = await request<NotificationMethods | NotificationMethods[]>(
      "GET",
      api`/notifications/dispatch-methods`,
      { signal },
    );
    return (Array.isArray(answer) ? answer[0] : answer) ?? { available: [], default: "" };
  },
  staleTime: 60_000,
});

export const setMethod = (templateId: string, method: string) =>
  request<void>("PUT", api`/notifications/templates/${templateId}/method`, { body: { method } });

export const notificationsSettingsQuery = queryOptions({
  queryKey: ["notifications-settings"],
  queryFn: ({ signal }) => request<NotificationsSettings>("GET", api`/notifications/settings`, { signal }),
});

export const updateNotificationsSettings = (body: NotificationsSettings) =>
  request<unknown>("PUT", api`/notifications/settings`, { body });

export const sendTest = () => request<void>("POST", api`/notifications/test`);
