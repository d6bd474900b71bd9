import type { DeploymentOption } from "@/api/types";

/** The heading a setting stands under. */
export function groupOf(option: DeploymentOption): string {
  const { group } = option;
  if (!group?.name) return "General";
  return group.parent?.name ? `${group.parent.name}: ${group.name}` : group.name;
}

export function matches(option: DeploymentOption, text: string): boolean {
  if (option.hidden) return false;
  const wanted = text.trim().toLowerCase();
  const said = [option.name, option.flag, option.env, option.description].filter(Boolean).join(" ");
  return said.toLowerCase().includes(wanted);
}

/** Never a secret: the server blanks those, and this does so again. */
export function shownValue(option: DeploymentOption): string {
  if (option.annotations?.secret === "true") return "Kept secret";
  const { value } = option;
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.length === 0 ? "–" : value.join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
