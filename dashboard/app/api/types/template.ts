import type { ProvisionerJob } from "./workspace";

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
