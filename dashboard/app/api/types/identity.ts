export interface ValidationError {
  field: string;
  detail: string;
}

export interface ErrorResponse {
  message: string;
  detail?: string;
  validations?: ValidationError[];
}

export type UserStatus = "active" | "dormant" | "suspended";

export interface SlimRole {
  name: string;
  display_name: string;
  organization_id?: string;
}

export type LoginType = "password" | "none" | "github" | "oidc" | "token" | "";

export interface User {
  id: string;
  username: string;
  name?: string;
  email: string;
  created_at: string;
  last_seen_at?: string;
  status: UserStatus;
  login_type?: LoginType;
  is_service_account?: boolean;
  organization_ids: string[];
  roles: SlimRole[];
}

export type ReducedUser = Pick<User, "id" | "username" | "name" | "email" | "status">;

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

export interface CreateUserRequest {
  username: string;
  email: string;
  name?: string;
  password: string;
  login_type: "password" | "none";
  /** Only said where it is true: an account without a person, which uses tokens alone. */
  service_account?: boolean;
  organization_ids: string[];
}

/** What a token is confined to, besides its scopes. */
export interface AllowListTarget {
  type: string;
  id: string;
}

export interface ApiKey {
  id: string;
  token_name: string;
  created_at: string;
  expires_at: string;
  last_used: string;
  lifetime_seconds: number;
  scopes?: string[];
  allow_list?: AllowListTarget[] | null;
}

export interface CreateTokenRequest {
  token_name: string;
  /** Nanoseconds. */
  lifetime: number;
  scopes: string[];
  allow_list?: AllowListTarget[];
}

export interface TokenConfig {
  /** Nanoseconds. */
  max_token_lifetime: number;
}

export interface GeneratedKey {
  key: string;
}

export interface BuildInfo {
  version: string;
  /** For browsers to subscribe; absent where the deployment does not push. */
  webpush_public_key?: string;
}

export interface SshConfig {
  /** What follows the workspace in host names of plain `ssh`, without its dot. */
  hostname_suffix: string;
}

export interface AppHost {
  /** Host name with one `*`, e.g. `*.apps.example.com`; empty when no wildcard host name is configured. */
  host: string;
}

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
