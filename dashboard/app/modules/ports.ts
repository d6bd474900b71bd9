import type { PortShareLevel } from "@/api/types";

/** From the narrowest to the widest. */
const levels: { level: PortShareLevel; name: string }[] = [
  { level: "owner", name: "Nobody else" },
  { level: "organization", name: "Members of the organization" },
  { level: "authenticated", name: "Everybody who is signed in" },
  { level: "public", name: "Everybody" },
];

/** The levels that share at all, up to what the template allows; all of them while that is not known. */
export function levelsUpTo(most: PortShareLevel | undefined): PortShareLevel[] {
  const end = levels.findIndex(({ level }) => level === most);
  return levels.slice(1, end < 0 ? undefined : end + 1).map(({ level }) => level);
}

export function levelName(level: PortShareLevel): string {
  return levels.find((each) => each.level === level)?.name ?? level;
}
