import type { ReducedUser } from "./identity";
import type { Group } from "./organization";
import type { PortShareLevel, ProvisionerJob } from "./workspace";

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
  default_ttl_ms: number;
  activity_bump_ms: number;
  failure_ttl_ms: number;
  time_til_dormant_ms: number;
  time_til_dormant_autodelete_ms: number;
  allow_user_autostart: boolean;
  allow_user_autostop: boolean;
  allow_user_cancel_workspace_jobs: boolean;
  require_active_version: boolean;
  max_port_share_level: PortShareLevel;
  autostart_requirement: { days_of_week: string[] };
  autostop_requirement: { days_of_week: string[]; weeks: number };
}

/** What of a template can be changed; what is left out stays. */
export type UpdateTemplateMeta = Partial<
  Pick<
    Template,
    | "name"
    | "display_name"
    | "description"
    | "icon"
    | "deprecation_message"
    | "default_ttl_ms"
    | "activity_bump_ms"
    | "failure_ttl_ms"
    | "time_til_dormant_ms"
    | "time_til_dormant_autodelete_ms"
    | "allow_user_autostart"
    | "allow_user_autostop"
    | "allow_user_cancel_workspace_jobs"
    | "require_active_version"
    | "max_port_share_level"
    | "autostart_requirement"
    | "autostop_requirement"
  >
>;

export type AccessRole = "admin" | "use" | "";

export interface TemplateAcl {
  users: (ReducedUser & { role: AccessRole })[];
  group: (Group & { role: AccessRole })[];
}

export interface AclAvailable {
  users: ReducedUser[];
  groups: Group[];
}

export interface TemplateVersionVariable {
  name: string;
  description: string;
  type: "string" | "number" | "bool";
  value: string;
  default_value: string;
  required: boolean;
  sensitive: boolean;
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
