export interface GitSshKey {
  user_id: string;
  public_key: string;
  created_at: string;
  updated_at: string;
}

export interface UserAppearance {
  theme_preference: string;
  terminal_font: string;
}

export interface QuietHours {
  raw_schedule: string;
  user_set: boolean;
  user_can_set: boolean;
  time: string;
  timezone: string;
  next: string;
}

export interface UserSecret {
  id: string;
  name: string;
  description: string;
  env_name: string;
  file_path: string;
  enabled: boolean;
  created_at: string;
  updated_at: string;
}

/** The value goes one way: the server never gives it back. */
export interface UserSecretRequest {
  name?: string;
  value?: string;
  description: string;
  env_name: string;
  file_path: string;
  enabled: boolean;
}

export interface ExternalAuthProvider {
  id: string;
  type: string;
  display_name: string;
  display_icon: string;
  allow_refresh: boolean;
  allow_validate: boolean;
  device: boolean;
}

export interface ExternalAuthLink {
  provider_id: string;
  created_at: string;
  updated_at: string;
  expires: string;
  authenticated: boolean;
  has_refresh_token: boolean;
  validate_error: string;
}

export interface ExternalAuths {
  providers: ExternalAuthProvider[] | null;
  links: ExternalAuthLink[] | null;
}

export interface WebpushSubscription {
  endpoint: string;
  p256dh_key: string;
  auth_key: string;
}
