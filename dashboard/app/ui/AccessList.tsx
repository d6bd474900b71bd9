import { Button, Group, Select, Table, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { AccessRole } from "@/api/types";
import { FormError } from "./FormError";
import { GuardedButton } from "./GuardedButton";
import { Section } from "./Page";
import { EmptyState } from "./States";
import { TableFrame } from "./TableFrame";

export interface AccessEntry {
  kind: "user" | "group";
  id: string;
  name: string;
  /** A second line. */
  detail?: string;
}

export interface GivenAccess extends AccessEntry {
  role: AccessRole;
}

interface AccessListProps {
  given: GivenAccess[];
  roles: { value: AccessRole; label: string }[];
  /** Those who can be added, for what was typed so far. */
  useCandidates: (text: string) => AccessEntry[];
  /** Gives the role; the empty one takes it away. */
  onSet: (entry: AccessEntry, role: AccessRole) => Promise<unknown>;
  /** Why nothing can be changed. */
  reason: string | undefined;
  empty: string;
}

const keyOf = (entry: AccessEntry) => `${entry.kind} ${entry.id}`;

/** Who was given access to one thing, people and groups alike. */
export function AccessList({ given, roles, useCandidates, onSet, reason, empty }: AccessListProps) {
  const change = useMutation({
    mutationFn: ({ entry, role }: { entry: AccessEntry; role: AccessRole }) => onSet(entry, role),
  });
  return (
    <>
      <Section title="Add">
        <AddAccess
          given={given}
          roles={roles}
          useCandidates={useCandidates}
          onAdd={(entry, role) => change.mutate({ entry, role })}
          reason={reason}
        />
        <FormError error={change.error} />
      </Section>
      <Section title="People and groups with access" flush>
        {given.length === 0 ? (
          <EmptyState title="Nobody yet">{empty}</EmptyState>
        ) : (
          <TableFrame label="Access" plain stale={change.isPending}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Name</Table.Th>
                <Table.Th visibleFrom="sm">Kind</Table.Th>
                <Table.Th>May</Table.Th>
                <Table.Th>
                  <span className="visually-hidden">Action</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {given.map((entry) => (
                <Table.Tr key={keyOf(entry)}>
                  <Table.Td>
                    <Text component="span" fz="sm" fw={600}>
                      {entry.name}
                    </Text>
                    {entry.detail && (
                      <Text size="xs" c="dimmed">
                        {entry.detail}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td visibleFrom="sm">{entry.kind === "group" ? "Group" : "Person"}</Table.Td>
                  <Table.Td>
                    <Select
                      size="xs"
                      w="8rem"
                      aria-label={`What ${entry.name} may do`}
                      data={roles}
                      value={entry.role}
                      allowDeselect={false}
                      disabled={reason !== undefined}
                      onChange={(role) => change.mutate({ entry, role: (role ?? entry.role) as AccessRole })}
                    />
                  </Table.Td>
                  <Table.Td ta="right">
                    <GuardedButton
                      size="xs"
                      variant="default"
                      reason={reason}
                      aria-label={`Remove ${entry.name}`}
                      onClick={() => change.mutate({ entry, role: "" })}
                    >
                      Remove
                    </GuardedButton>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </TableFrame>
        )}
      </Section>
    </>
  );
}

type AddAccessProps = Pick<AccessListProps, "given" | "roles" | "useCandidates" | "reason"> & {
  onAdd: (entry: AccessEntry, role: AccessRole) => void;
};

function AddAccess({ given, roles, useCandidates, reason, onAdd }: AddAccessProps) {
  const [picked, setPicked] = useState<AccessEntry>();
  const [role, setRole] = useState<AccessRole>("use");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (picked === undefined || reason !== undefined) return;
    onAdd(picked, role);
    setPicked(undefined);
  };
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="flex-end">
        <EntryPicker
          label="Person or group"
          useCandidates={useCandidates}
          excluded={given}
          picked={picked}
          onPick={setPicked}
        />
        <Select
          size="xs"
          w="8rem"
          label="May"
          data={roles}
          value={role}
          allowDeselect={false}
          onChange={(next) => setRole((next ?? "use") as AccessRole)}
        />
        {reason === undefined ? (
          <Button size="xs" type="submit" disabled={picked === undefined}>
            Add
          </Button>
        ) : (
          <GuardedButton size="xs" reason={reason} onClick={() => undefined}>
            Add
          </GuardedButton>
        )}
      </Group>
    </form>
  );
}

interface EntryPickerProps {
  label: string;
  useCandidates: (text: string) => AccessEntry[];
  excluded: AccessEntry[];
  picked: AccessEntry | undefined;
  onPick: (entry: AccessEntry | undefined) => void;
}

/** Chooses one of many: the server searches, so that a list of thousands need not be here. */
export function EntryPicker({ label, useCandidates, excluded, picked, onPick }: EntryPickerProps) {
  const [text, setText] = useState("");
  const [settled] = useDebouncedValue(text, 250);
  const taken = new Set(excluded.map(keyOf));
  const found = useCandidates(picked === undefined ? settled : "").filter((each) => !taken.has(keyOf(each)));
  const shown = picked && !found.some((each) => keyOf(each) === keyOf(picked)) ? [picked, ...found] : found;
  const options = (kind: AccessEntry["kind"]) =>
    shown
      .filter((each) => each.kind === kind)
      .map((each) => ({
        value: keyOf(each),
        label: each.detail ? `${each.name} (${each.detail})` : each.name,
      }));
  const groups = [
    { group: "Groups", items: options("group") },
    { group: "People", items: options("user") },
  ].filter(({ items }) => items.length > 0);
  return (
    <Select
      size="xs"
      w={{ base: "100%", sm: "20rem" }}
      label={label}
      placeholder="Type a name"
      searchable
      clearable
      clearButtonProps={{ "aria-label": `Clear ${label.toLowerCase()}` }}
      nothingFoundMessage="Nobody found"
      data={groups}
      // The server has searched already, by e-mail too.
      filter={({ options: all }) => all}
      value={picked ? keyOf(picked) : null}
      onSearchChange={setText}
      onChange={(value) => onPick(shown.find((each) => keyOf(each) === value))}
    />
  );
}
