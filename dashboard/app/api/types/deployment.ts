export interface Banner {
  enabled: boolean;
  /** Absent where it is empty. */
  message?: string;
  /** `#rrggbb`; absent where it is empty. */
  background_color?: string;
}

export interface AppearanceRequest {
  application_name: string;
  logo_url: string;
  announcement_banners: Banner[];
}

export interface Appearance extends AppearanceRequest {
  docs_url: string;
  support_links: { name: string; target: string; icon: string }[] | null;
}

export interface DeploymentOption {
  name: string;
  description: string;
  flag?: string;
  env?: string;
  value: unknown;
  value_source: string;
  hidden: boolean;
  group?: { name: string; parent?: { name: string } } | null;
  annotations?: Record<string, string> | null;
}

export interface DeploymentConfig {
  options: DeploymentOption[] | null;
}

export type Severity = "ok" | "warning" | "error";

export interface HealthSectionReport {
  severity: Severity;
  dismissed?: boolean;
  error?: string | null;
  warnings?: { code: string; message: string }[] | null;
  /** Facts that differ from section to section. */
  [fact: string]: unknown;
}

export type HealthSectionKey =
  | "access_url"
  | "audit_log"
  | "database"
  | "derp"
  | "provisioner_daemons"
  | "websocket"
  | "workspace_proxy";

export interface HealthReport extends Partial<Record<HealthSectionKey, HealthSectionReport>> {
  time: string;
  healthy: boolean;
  severity: Severity;
  coder_version: string;
}

export interface HealthSettings {
  dismissed_healthchecks: string[];
}
