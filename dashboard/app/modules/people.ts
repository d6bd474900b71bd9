import type { SlimRole, UserStatus } from "@/api/types";
import type { StatusLook } from "./status";

const looks: Record<UserStatus, StatusLook> = {
  active: { text: "Active", tone: "good" },
  dormant: { text: "Dormant", tone: "idle" },
  suspended: { text: "Suspended", tone: "bad" },
};

export const userLook = (status: UserStatus): StatusLook => looks[status] ?? { text: status, tone: "idle" };

/** Roles as words; everybody is at least a member. */
export function roleNames(roles: SlimRole[] | null | undefined): string {
  return (roles ?? []).map((role) => role.display_name || role.name).join(", ") || "Member";
}

const logins: Record<string, string> = {
  password: "Password",
  none: "Tokens only",
  github: "GitHub",
  oidc: "Single sign-on",
  token: "Tokens only",
};

export function loginName(type: string | undefined): string {
  return logins[type ?? ""] ?? type ?? "";
}
