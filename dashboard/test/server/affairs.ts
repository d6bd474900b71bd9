import type {
  Appearance,
  DeploymentOption,
  ExternalAuths,
  HealthReport,
  HealthSectionReport,
  InboxNotification,
  NotificationPreference,
  NotificationTemplate,
  QuietHours,
  UserSecret,
} from "@/api/types";
import { ago, id } from "./fixtures";

/** What belongs to the person who is signed in. */
export class Account {
  sshKey = {
    user_id: id(1, 1),
    public_key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOldKey alice\n",
    created_at: ago(60 * 24 * 40),
    updated_at: ago(60 * 24 * 40),
  };
  appearance = { theme_preference: "auto", terminal_font: "" };
  quietHours: QuietHours = {
    raw_schedule: "CRON_TZ=Europe/Rome 30 2 * * *",
    user_set: false,
    user_can_set: true,
    time: "02:30",
    timezone: "Europe/Rome",
    next: new Date(Date.now() + 6 * 3_600_000).toISOString(),
  };
  secrets: UserSecret[] = [
    {
      id: id(9, 50),
      name: "registry",
      description: "Reads packages",
      env_name: "REGISTRY_TOKEN",
      file_path: "",
      enabled: true,
      created_at: ago(60 * 24 * 9),
      updated_at: ago(60 * 24 * 2),
    },
  ];
  /** Values of secrets as they came in. */
  values = new Map<string, string>();
  preferences: NotificationPreference[] = [];
  externalAuth: ExternalAuths = {
    providers: [
      {
        id: "forge",
        type: "gitlab",
        display_name: "The forge",
        display_icon: "",
        allow_refresh: true,
        allow_validate: true,
        device: false,
      },
      {
        id: "mirror",
        type: "github",
        display_name: "Mirror",
        display_icon: "",
        allow_refresh: false,
        allow_validate: true,
        device: false,
      },
    ],
    links: [
      {
        provider_id: "mirror",
        created_at: ago(90),
        updated_at: ago(90),
        expires: ago(-90),
        authenticated: true,
        has_refresh_token: false,
        validate_error: "",
      },
    ],
  };
}

/** Notifications, and what they are made from. */
export class Inbox {
  notifications: InboxNotification[] = [
    notification(1, "Workspace “old-try” will be deleted", { read_at: null }),
    notification(2, "Your password was changed", { read_at: ago(60) }),
  ];
  templates: NotificationTemplate[] = [
    template(1, "Workspace deleted", "Workspace Events"),
    template(2, "Workspace marked as dormant", "Workspace Events"),
    template(3, "Your account was suspended", "User Events"),
  ];
  settings = { notifier_paused: false };

  unread(): number {
    return this.notifications.filter(({ read_at }) => read_at === null).length;
  }
}

export function notification(
  number: number,
  title: string,
  more: Partial<InboxNotification> = {},
): InboxNotification {
  return {
    id: id(8, number),
    title,
    content: "It has not been used for **30 days**. <img src=x onerror=alert(1)>",
    icon: "",
    created_at: ago(number * 17),
    read_at: null,
    actions: [
      { label: "View workspace", url: "/@alice/dev" },
      { label: "Trap", url: "javascript:alert(1)" },
    ],
    ...more,
  };
}

function template(number: number, name: string, group: string): NotificationTemplate {
  return {
    id: id(7, 100 + number),
    name,
    group,
    method: null,
    kind: "system",
    enabled_by_default: number !== 2,
  };
}

const option = (more: Partial<DeploymentOption>): DeploymentOption => ({
  name: "",
  description: "",
  flag: "",
  env: "",
  value: "",
  value_source: "default",
  hidden: false,
  group: { name: "Networking" },
  annotations: null,
  ...more,
});

/** The server as its operators see it. */
export class Deployment {
  appearance: Appearance = {
    application_name: "",
    logo_url: "",
    announcement_banners: [],
    docs_url: "",
    support_links: null,
  };
  options: DeploymentOption[] = [
    option({
      name: "Access URL",
      description: "The address that people and workspaces use.",
      flag: "access-url",
      env: "CLOISTER_ACCESS_URL",
      value: "https://cloister.example.com",
      value_source: "env",
    }),
    option({
      name: "Postgres URL",
      description: "Where the database is.",
      flag: "postgres-url",
      env: "CLOISTER_POSTGRES_URL",
      value: "leaked-password",
      value_source: "flag",
      group: { name: "Database" },
      annotations: { secret: "true" },
    }),
  ];
  dismissed: string[] = [];

  health(): HealthReport {
    const part = (name: string, more: Partial<HealthSectionReport> = {}): HealthSectionReport => ({
      severity: "ok",
      error: null,
      warnings: [],
      dismissed: this.dismissed.includes(name),
      ...more,
    });
    return {
      time: ago(1),
      healthy: true,
      severity: "warning",
      coder_version: "v2.36.0",
      access_url: part("AccessURL", {
        severity: "warning",
        access_url: "http://127.0.0.1:3000",
        reachable: true,
        warnings: [{ code: "EACS02", message: "The access URL is a loopback address" }],
      }),
      database: part("Database", { reachable: true, latency_ms: 2, threshold_ms: 15 }),
      websocket: part("Websocket"),
      provisioner_daemons: part("ProvisionerDaemons", {
        severity: "error",
        error: "No provisioner is there.",
      }),
    };
  }
}
