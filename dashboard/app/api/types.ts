/**
 * The part of the API's schemas that the dashboard reads or sends, named as in the API document.
 * Times are RFC 3339 strings; `0001-01-01T00:00:00Z` stands for "never" where a field is not nullable.
 */

// Errors

export interface ValidationError {
  field: string;
  detail: string;
}

export interface ErrorResponse {
  message: string;
  detail?: string;
  validations?: ValidationError[];
}

// People

export type UserStatus = "active" | "dormant" | "suspended";

export interface SlimRole {
  name: string;
  display_name: string;
  organization_id?: string;
}

export interface User {
  id: string;
  username: string;
  name?: string;
  email: string;
  created_at: string;
  last_seen_at?: string;
  status: UserStatus;
  organization_ids: string[];
  roles: SlimRole[];
}

export interface UsersResponse {
  users: User[];
  count: number;
}

export interface CreateFirstUserRequest {
  username: string;
  email: string;
  name?: string;
  password: string;
}

export interface CreateUserRequest extends CreateFirstUserRequest {
  login_type: "password";
  organization_ids: string[];
}

export interface Organization {
  id: string;
  name: string;
  display_name: string;
  is_default: boolean;
}

export interface MinimalOrganization {
  id: string;
  name: string;
  display_name: string;
}

export interface ApiKey {
  id: string;
  token_name: string;
  created_at: string;
  expires_at: string;
  last_used: string;
  lifetime_seconds: number;
}

export interface GeneratedKey {
  key: string;
}

export interface BuildInfo {
  version: string;
}

export interface SshConfig {
  /** What follows the workspace in host names of plain `ssh`, without its dot. */
  hostname_suffix: string;
}

export interface AppHost {
  /** Host name with one `*`, e.g. `*.apps.example.com`; empty when no wildcard host name is configured. */
  host: string;
}

// Permission checks

export interface AuthorizationObject {
  resource_type: string;
  owner_id?: string;
  organization_id?: string;
  resource_id?: string;
  any_org?: boolean;
}

export interface AuthorizationCheck {
  object: AuthorizationObject;
  action: string;
}

// Templates

export interface Template {
  id: string;
  name: string;
  display_name: string;
  description: string;
  icon: string;
  organization_id: string;
  organization_name: string;
  active_version_id: string;
  active_user_count: number;
  created_by_name: string;
  updated_at: string;
  deprecated: boolean;
  deprecation_message: string;
}

export interface TemplateVersion {
  id: string;
  name: string;
  message: string;
  readme: string;
  created_at: string;
  created_by: { username: string };
  job: ProvisionerJob;
  archived: boolean;
}

export interface ParameterOption {
  name: string;
  description: string;
  value: string;
}

export interface TemplateVersionParameter {
  name: string;
  display_name?: string;
  description_plaintext: string;
  type: "string" | "number" | "bool" | "list(string)";
  form_type?: string;
  mutable: boolean;
  ephemeral: boolean;
  required: boolean;
  default_value: string;
  options: ParameterOption[];
  validation_regex?: string;
  validation_error?: string;
  validation_min?: number | null;
  validation_max?: number | null;
}

export interface BuildParameter {
  name: string;
  value: string;
}

// Workspaces and builds

export type WorkspaceTransition = "start" | "stop" | "delete";

export type WorkspaceStatus =
  | "pending"
  | "starting"
  | "running"
  | "stopping"
  | "stopped"
  | "failed"
  | "canceling"
  | "canceled"
  | "deleting"
  | "deleted";

export type JobStatus = "pending" | "running" | "succeeded" | "canceling" | "canceled" | "failed" | "unknown";

export interface ProvisionerJob {
  id: string;
  status: JobStatus;
  created_at: string;
  started_at?: string;
  completed_at?: string;
  error?: string;
  queue_position: number;
  queue_size: number;
}

export interface Workspace {
  id: string;
  name: string;
  owner_id: string;
  owner_name: string;
  organization_id: string;
  organization_name: string;
  template_id: string;
  template_name: string;
  template_display_name: string;
  template_active_version_id: string;
  template_allow_user_cancel_workspace_jobs: boolean;
  latest_build: WorkspaceBuild;
  outdated: boolean;
  created_at: string;
  last_used_at: string;
  health: { healthy: boolean; failing_agents: string[] | null };
}

export interface WorkspacesResponse {
  workspaces: Workspace[];
  count: number;
}

export interface WorkspaceBuild {
  id: string;
  build_number: number;
  created_at: string;
  initiator_name: string;
  job: ProvisionerJob;
  reason: string;
  resources: WorkspaceResource[];
  status: WorkspaceStatus;
  template_version_id: string;
  template_version_name: string;
  transition: WorkspaceTransition;
  deadline?: string | null;
}

export interface CreateWorkspaceRequest {
  name: string;
  template_version_id: string;
  rich_parameter_values: BuildParameter[];
}

export interface CreateBuildRequest {
  transition: WorkspaceTransition;
  template_version_id?: string;
  reason?: "dashboard";
}

export interface WorkspaceResource {
  id: string;
  name: string;
  type: string;
  hide: boolean;
  agents?: WorkspaceAgent[] | null;
  metadata?: ResourceMetadata[] | null;
}

export interface ResourceMetadata {
  key: string;
  value: string;
  sensitive: boolean;
}

// Agents

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

// Records

export interface AuditDiffField {
  old?: unknown;
  new?: unknown;
  secret: boolean;
}

export interface AuditLog {
  id: string;
  request_id: string;
  time: string;
  organization?: MinimalOrganization;
  ip: string;
  user_agent: string;
  resource_type: string;
  resource_id: string;
  resource_target: string;
  action: string;
  diff: Record<string, AuditDiffField> | null;
  status_code: number;
  description: string;
  user: User | null;
}

export interface AuditLogResponse {
  audit_logs: AuditLog[];
  count: number;
}

export interface ConnectionLog {
  id: string;
  connect_time: string;
  workspace_owner_username: string;
  workspace_name: string;
  agent_name: string;
  ip?: string;
  type: string;
  web_info?: {
    user_agent: string;
    user: User | null;
    slug_or_port: string;
    status_code: number;
  };
  ssh_info?: {
    connection_id: string;
    disconnect_time?: string;
    disconnect_reason?: string;
    exit_code?: number;
    user?: { username: string };
  };
}

export interface ConnectionLogResponse {
  connection_logs: ConnectionLog[];
  count: number;
}
