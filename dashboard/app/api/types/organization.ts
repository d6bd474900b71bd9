import type { ReducedUser, SlimRole, UserStatus } from "./identity";

export interface MinimalOrganization {
  id: string;
  name: string;
  display_name: string;
}

export interface Organization extends MinimalOrganization {
  description: string;
  icon: string;
  is_default: boolean;
  created_at: string;
  updated_at: string;
}

export interface OrganizationRequest {
  name: string;
  display_name: string;
  description: string;
  icon?: string;
}

export interface OrganizationMember {
  user_id: string;
  organization_id: string;
  username: string;
  name?: string;
  email: string;
  status?: UserStatus;
  roles: SlimRole[];
  global_roles: SlimRole[];
  created_at: string;
}

export interface MembersResponse {
  members: OrganizationMember[];
  count: number;
}

export interface Group {
  id: string;
  name: string;
  display_name: string;
  organization_id: string;
  organization_name: string;
  members: ReducedUser[] | null;
  total_member_count: number;
  /** Credits that each member may use besides those of other groups. */
  quota_allowance: number;
  source: "user" | "oidc";
}

export interface GroupRequest {
  name: string;
  display_name: string;
  quota_allowance: number;
}

export interface PatchGroupRequest extends Partial<GroupRequest> {
  add_users: string[];
  remove_users: string[];
}

export interface GroupMembersResponse {
  users: ReducedUser[] | null;
  count: number;
}

export interface Permission {
  resource_type: string;
  action: string;
  /** Takes the right away, whatever other roles give. */
  negate: boolean;
}

export interface CustomRoleRequest {
  name: string;
  display_name: string;
  site_permissions: Permission[];
  user_permissions: Permission[];
  organization_permissions: Permission[];
  organization_member_permissions: Permission[];
}

export interface Role extends CustomRoleRequest {
  organization_id?: string;
}

export interface AssignableRole extends Role {
  assignable: boolean;
  built_in: boolean;
}

/** What gives or takes some actions. */
export interface RightSource {
  kind: "built_in_role" | "custom_role";
  name: string;
  organization_id?: string;
  /** Everybody has it there. */
  implicit: boolean;
  allows: string[];
  denies: string[];
}

/** What a person may do to things of one type in one place, and why. */
export interface EffectiveRight {
  level: "site" | "user" | "organization" | "organization_member";
  organization_id?: string;
  resource_type: string;
  allowed: string[];
  sources: RightSource[];
}

/** What a person was given on a single thing. */
export interface EffectiveGrant {
  resource_type: string;
  resource_id: string;
  resource_name: string;
  organization_id: string;
  actions: string[];
  via: "user" | "group" | "everyone";
  group_name?: string;
}

export interface EffectiveRights {
  username: string;
  /** Whether the account can sign in at all. */
  active: boolean;
  permissions: EffectiveRight[];
  grants: EffectiveGrant[];
}
