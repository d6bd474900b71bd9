import type { ErrorResponse } from "./identity";

export type AgentStatus = "connecting" | "connected" | "disconnected" | "timeout";

export type AgentLifecycle =
  | "created"
  | "starting"
  | "start_timeout"
  | "start_error"
  | "ready"
  | "shutting_down"
  | "shutdown_timeout"
  | "shutdown_error"
  | "off";

export interface WorkspaceAgent {
  id: string;
  name: string;
  status: AgentStatus;
  lifecycle_state: AgentLifecycle;
  operating_system: string;
  architecture: string;
  directory?: string;
  expanded_directory?: string;
  version: string;
  apps: WorkspaceApp[];
  display_apps?: string[];
  health: { healthy: boolean; reason?: string };
  last_connected_at?: string;
  disconnected_at?: string;
  log_sources?: AgentLogSource[];
  logs_overflowed: boolean;
  troubleshooting_url?: string;
}

export interface AgentLogSource {
  id: string;
  display_name: string;
}

export type AppHealth = "disabled" | "initializing" | "healthy" | "unhealthy";

export interface WorkspaceApp {
  id: string;
  slug: string;
  display_name?: string;
  icon?: string;
  url?: string;
  external: boolean;
  hidden: boolean;
  health: AppHealth;
  subdomain: boolean;
  subdomain_name?: string;
  sharing_level: "owner" | "authenticated" | "organization" | "public";
  open_in?: "slim-window" | "tab";
}

export type LogLevel = "trace" | "debug" | "info" | "warn" | "error";

export interface ProvisionerJobLog {
  id: number;
  created_at: string;
  log_level: LogLevel;
  log_source: string;
  stage: string;
  output: string;
}

export interface WorkspaceAgentLog {
  id: number;
  created_at: string;
  level: LogLevel;
  output: string;
  source_id: string;
}

export interface AgentMetadata {
  result: { collected_at: string; age: number; value: string; error: string };
  description: { display_name: string; key: string; interval: number };
}

/** A frame of the `-ws` watch routes. */
export type WatchFrame<T> =
  | { type: "ping" }
  | { type: "data"; data: T }
  | { type: "error"; data: ErrorResponse };
