import { useQuery } from "@tanstack/react-query";
import { groupsQuery } from "@/api/groups";
import { membersQuery } from "@/api/organizations";
import { usersQuery } from "@/api/users";
import type { AccessEntry } from "@/ui/AccessList";

const FOUND_AT_ONCE = 25;

interface Person {
  username: string;
  name?: string;
}

export const personEntry = (id: string, person: Person): AccessEntry => ({
  kind: "user",
  id,
  name: person.username,
  detail: person.name || undefined,
});

export const groupEntry = (group: { id: string; name: string; display_name: string }): AccessEntry => ({
  kind: "group",
  id: group.id,
  name: group.display_name || group.name,
});

/** Members of an organization whose name or address fits. */
export function useMembers(organization: string, text: string): AccessEntry[] {
  const members = useQuery(membersQuery(organization, text, FOUND_AT_ONCE, 0)).data?.members ?? [];
  return members.map((member) => personEntry(member.user_id, member));
}

export function useUsers(text: string): AccessEntry[] {
  const users = useQuery(usersQuery(text, FOUND_AT_ONCE, 0)).data?.users ?? [];
  return users.map((user) => personEntry(user.id, user));
}

/** Members and groups of an organization. */
export function useMembersAndGroups(organization: string, text: string): AccessEntry[] {
  const groups = useQuery(groupsQuery(organization)).data ?? [];
  const wanted = text.toLowerCase();
  const fitting = groups.map(groupEntry).filter(({ name }) => name.toLowerCase().includes(wanted));
  return [...fitting, ...useMembers(organization, text)];
}
