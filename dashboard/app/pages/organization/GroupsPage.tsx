import { Table, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { createGroup, groupsQuery } from "@/api/groups";
import type { Group, GroupRequest } from "@/api/types";
import { FormDialog } from "@/ui/FormDialog";
import { GuardedButton, refusal } from "@/ui/GuardedButton";
import { TextLink } from "@/ui/Links";
import { Page } from "@/ui/Page";
import { Pager } from "@/ui/Pager";
import { QueryView } from "@/ui/QueryView";
import { EmptyState } from "@/ui/States";
import { TableFrame } from "@/ui/TableFrame";
import { GroupForm } from "./GroupForm";
import { useOrganization } from "./useOrganization";

const PAGE_SIZE = 25;

export function GroupsPage() {
  const { organization, may } = useOrganization();
  const groups = useQuery(groupsQuery(organization.name));
  const [creating, dialog] = useDisclosure(false);
  return (
    <Page
      title="Groups"
      intro="What is given to a group, a template or a workspace, counts for each of its members."
      actions={
        <GuardedButton reason={refusal(may?.createGroups, "create groups")} onClick={dialog.open}>
          Create group
        </GuardedButton>
      }
    >
      <QueryView query={groups}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title="No groups">None that you may see.</EmptyState>
          ) : (
            <GroupTable groups={list} organization={organization.name} />
          )
        }
      </QueryView>
      <FormDialog opened={creating} onClose={dialog.close} title="Create group">
        <Create organization={organization.name} onClose={dialog.close} />
      </FormDialog>
    </Page>
  );
}

function GroupTable({ groups, organization }: { groups: Group[]; organization: string }) {
  // The API gives all groups at once; only some are drawn at a time.
  const [page, setPage] = useState(1);
  return (
    <>
      <TableFrame label="Groups">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Group</Table.Th>
            <Table.Th>Members</Table.Th>
            <Table.Th visibleFrom="sm">Quota allowance</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {groups.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE).map((group) => (
            <Table.Tr key={group.id}>
              <Table.Td>
                <TextLink
                  to="/organizations/$organization/groups/$group"
                  params={{ organization, group: group.name }}
                  fz="sm"
                  fw={600}
                >
                  {group.display_name || group.name}
                </TextLink>
                <Text size="xs" c="dimmed">
                  {group.source === "oidc" ? `${group.name}, kept by the identity provider` : group.name}
                </Text>
              </Table.Td>
              <Table.Td>{group.total_member_count}</Table.Td>
              <Table.Td visibleFrom="sm">{group.quota_allowance}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </TableFrame>
      <Pager page={page} size={PAGE_SIZE} count={groups.length} onPage={setPage} />
    </>
  );
}

function Create({ organization, onClose }: { organization: string; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const create = async (body: GroupRequest) => {
    const { name } = await createGroup(organization, body);
    await client.invalidateQueries({ queryKey: ["groups"] });
    await navigate({
      to: "/organizations/$organization/groups/$group",
      params: { organization, group: name },
    });
  };
  return <GroupForm deed="Create group" onSave={create} onClose={onClose} />;
}
