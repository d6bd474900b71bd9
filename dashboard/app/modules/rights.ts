import type { EffectiveGrant, EffectiveRight, RightSource } from "@/api/types";
import { words } from "./permissionTable";

/** Organizations by id, as far as they are known. */
export type Names = Map<string, string>;

const nameOf = (id: string | undefined, names: Names) =>
  id === undefined ? "" : (names.get(id) ?? "another organization");

/** Where, and on whose things, a right counts. */
export function place(right: EffectiveRight, names: Names): string {
  switch (right.level) {
    case "site":
      return "Everything, everywhere";
    case "user":
      return "Their own";
    case "organization":
      return `Everything in ${nameOf(right.organization_id, names)}`;
    case "organization_member":
      return `Their own in ${nameOf(right.organization_id, names)}`;
  }
}

/** What a role has to do with it, in a sentence each for what it gives and what it takes. */
export function reasons(source: RightSource): string[] {
  const role = source.implicit ? `${source.name}, which everybody there has,` : source.name;
  const list = (actions: string[]) => actions.map(words).join(", ");
  const said: string[] = [];
  if (source.allows.length > 0) said.push(`${role} gives ${list(source.allows)}`);
  if (source.denies.length > 0) said.push(`${source.name} takes away ${list(source.denies)}`);
  return said;
}

export function grantedBy(grant: EffectiveGrant): string {
  if (grant.via === "user") return "given to them";
  if (grant.via === "everyone") return "given to everybody in the organization";
  return `through the group ${grant.group_name ?? ""}`.trim();
}
