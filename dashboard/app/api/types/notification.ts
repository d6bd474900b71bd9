export interface InboxNotification {
  id: string;
  title: string;
  content: string;
  icon: string;
  created_at: string;
  read_at: string | null;
  actions: { label: string; url: string }[] | null;
}

export interface InboxResponse {
  notifications: InboxNotification[] | null;
  unread_count: number;
}

/** What the watch route sends for each new one. */
export interface InboxArrival {
  notification: InboxNotification;
  unread_count: number;
}

export interface NotificationTemplate {
  id: string;
  name: string;
  group: string;
  /** How it is sent; empty: as the deployment's default says. */
  method: string | null;
  kind: string;
  enabled_by_default: boolean;
}

export interface NotificationPreference {
  id: string;
  disabled: boolean;
  updated_at: string;
}

export interface NotificationMethods {
  available: string[];
  default: string;
}

export interface NotificationsSettings {
  notifier_paused: boolean;
}
