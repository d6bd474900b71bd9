import type { User } from "./identity";
import type { MinimalOrganization } from "./organization";

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

/** Whether the audit log can be proven at this moment. */
export interface AuditLogStatus {
  severity: "ok" | "warning" | "error";
  sentence: string;
  entries: number;
  waiting: number;
  checkpoint_at?: string;
  witnesses: { name: string; entries: number; cosigned_at?: string }[];
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
