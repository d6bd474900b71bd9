import type { WorkspaceAgent } from "./agent";
import type { Group } from "./organization";
import type { AccessRole, BuildParameter } from "./template";

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
  /** A cron line with a time zone, `CRON_TZ=Europe/Rome 30 9 * * 1-5`. */
  autostart_schedule?: string | null;
  ttl_ms?: number | null;
  automatic_updates?: "always" | "never";
  dormant_at?: string | null;
  deleting_at?: string | null;
  next_start_at?: string | null;
  favorite?: boolean;
  allow_renames?: boolean;
}

export interface WorkspaceAcl {
  users: { id: string; username: string; name?: string; role: AccessRole }[];
  group: (Group & { role: AccessRole })[];
}

export type PortShareLevel = "owner" | "authenticated" | "organization" | "public";

export interface PortShare {
  workspace_id: string;
  agent_name: string;
  port: number;
  share_level: PortShareLevel;
  protocol: "http" | "https";
}

export interface PortShares {
  shares: PortShare[] | null;
}

export interface WorkspaceQuota {
  credits_consumed: number;
  /** Below zero: no limit. */
  budget: number;
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
  rich_parameter_values?: BuildParameter[];
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
