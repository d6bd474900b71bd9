import { Button, Group as Row, Table, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { groupMembersQuery, updateGroup } from "@/api/groups";
import type { Group } from "@/api/types";
import { useMembers } from "@/modules/candidates";
import { type AccessEntry, EntryPicker } from "@/ui/AccessList";
import { FormError } from "@/ui/FormError";
import { GuardedButton } from "@/ui/GuardedButton";
import { Section } from "@/ui/Page";
import { Pager } from "@/ui/Pager";
import { QueryView } from "@/ui/QueryView";
import { EmptyState } from "@/ui/States";
import { TableFrame } from "@/ui/TableFrame";

const PAGE_SIZE = 25;

export function GroupMembers({ group, reason }: { group: Group; reason: string | undefined }) {
  const client = useQueryClient();
  const [page, setPage] = useState(1);
  const members = useQuery(groupMembersQuery(group.id, "", PAGE_SIZE, (page - 1) * PAGE_SIZE));
  const change = useMutation({
    mutationFn: (body: { add_users?: string[]; remove_users?: string[] }) => updateGroup(group.id, body),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["group-members", group.id] }),
        client.invalidateQueries({ queryKey: ["groups"] }),
      ]),
  });
  return (
    <>
      {reason === undefined && (
        <Section title="Add a member">
          <AddMember group={group} onAdd={(id) => change.mutate({ add_users: [id] })} />
        </Section>
      )}
      <Section title="Members" flush>
        <FormError error={change.error} />
        <QueryView query={members}>
          {({ users, count }) =>
            users === null || users.length === 0 ? (
              <EmptyState title="No members">Nobody belongs to this group yet.</EmptyState>
            ) : (
              <>
                <TableFrame label="Members of the group" plain stale={members.isPlaceholderData}>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>Member</Table.Th>
                      <Table.Th visibleFrom="sm">E-mail</Table.Th>
                      <Table.Th>
                        <span className="visually-hidden">Action</span>
                      </Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {users.map((user) => (
                      <Table.Tr key={user.id}>
                        <Table.Td>
                          <Text component="span" fz="sm" fw={600}>
                            {user.username}
                          </Text>
                          <Text size="xs" c="dimmed">
                            {user.name}
                          </Text>
                        </Table.Td>
                        <Table.Td visibleFrom="sm">{user.email}</Table.Td>
                        <Table.Td ta="right">
                          <GuardedButton
                            size="xs"
                            variant="default"
                            reason={reason}
                            aria-label={`Remove ${user.username}`}
                            onClick={() => change.mutate({ remove_users: [user.id] })}
                          >
                            Remove
                          </GuardedButton>
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </TableFrame>
                {count > PAGE_SIZE && <Pager page={page} size={PAGE_SIZE} count={count} onPage={setPage} />}
              </>
            )
          }
        </QueryView>
      </Section>
    </>
  );
}

function AddMember({ group, onAdd }: { group: Group; onAdd: (id: string) => void }) {
  const [picked, setPicked] = useState<AccessEntry>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (picked === undefined) return;
    onAdd(picked.id);
    setPicked(undefined);
  };
  const useCandidates = (text: string) => useMembers(group.organization_id, text);
  return (
    <form onSubmit={submit}>
      <Row gap="xs" align="flex-end">
        <EntryPicker
          label="Person"
          useCandidates={useCandidates}
          excluded={[]}
          picked={picked}
          onPick={setPicked}
        />
        <Button size="xs" type="submit" disabled={picked === undefined}>
          Add
        </Button>
      </Row>
    </form>
  );
}
