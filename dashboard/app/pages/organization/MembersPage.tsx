import { Table, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { membersQuery, removeMember } from "@/api/organizations";
import type { Organization, OrganizationMember } from "@/api/types";
import { roleNames } from "@/modules/people";
import { useMe } from "@/modules/session";
import { ActionButton } from "@/ui/ActionButton";
import { Filters } from "@/ui/Filters";
import { GuardedButton, refusal } from "@/ui/GuardedButton";
import { Page } from "@/ui/Page";
import { Pager } from "@/ui/Pager";
import { QueryView } from "@/ui/QueryView";
import { SearchField } from "@/ui/SearchField";
import { EmptyState } from "@/ui/States";
import { TableFrame } from "@/ui/TableFrame";
import { AddMemberDialog } from "./AddMemberDialog";
import { MemberRolesDialog } from "./MemberRolesDialog";
import { useOrganization } from "./useOrganization";

const route = getRouteApi("/signed-in/shell/organizations/$organization/members");
const PAGE_SIZE = 25;

export function MembersPage() {
  const { organization, may } = useOrganization();
  const { q = "", page = 1 } = route.useSearch();
  const navigate = useNavigate({ from: "/organizations/$organization/members" });
  const members = useQuery(membersQuery(organization.id, q, PAGE_SIZE, (page - 1) * PAGE_SIZE));
  const [adding, dialog] = useDisclosure(false);
  return (
    <Page
      title="Members"
      actions={
        <GuardedButton reason={refusal(may?.addMembers, "add members")} onClick={dialog.open}>
          Add member
        </GuardedButton>
      }
    >
      <Filters filters={[]} values={{}} onChange={() => undefined}>
        <SearchField
          label="Search members"
          placeholder="Name or e-mail"
          value={q}
          onSearch={(next) => void navigate({ search: { q: next || undefined } })}
        />
      </Filters>
      <QueryView query={members}>
        {({ members: list, count }) =>
          list.length === 0 ? (
            <EmptyState title="Nobody matches">Try another name.</EmptyState>
          ) : (
            <>
              <TableFrame label="Members" stale={members.isPlaceholderData}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Member</Table.Th>
                    <Table.Th visibleFrom="sm">Roles here</Table.Th>
                    <Table.Th visibleFrom="sm">Roles on the site</Table.Th>
                    <Table.Th>
                      <span className="visually-hidden">Action</span>
                    </Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {list.map((member) => (
                    <Row key={member.user_id} member={member} organization={organization} may={may} />
                  ))}
                </Table.Tbody>
              </TableFrame>
              <Pager
                page={page}
                size={PAGE_SIZE}
                count={count}
                onPage={(next) => void navigate({ search: (now) => ({ ...now, page: next }) })}
              />
            </>
          )
        }
      </QueryView>
      <AddMemberDialog organization={organization} opened={adding} onClose={dialog.close} />
    </Page>
  );
}

interface RowProps {
  member: OrganizationMember;
  organization: Organization;
  may: ReturnType<typeof useOrganization>["may"];
}

function Row({ member, organization, may }: RowProps) {
  const me = useMe();
  const [editing, setEditing] = useState(false);
  const own = member.user_id === me.id;
  return (
    <Table.Tr>
      <Table.Td>
        <Text component="span" fz="sm" fw={600}>
          {member.username}
        </Text>
        <Text size="xs" c="dimmed">
          {member.name || member.email}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">{roleNames(member.roles)}</Table.Td>
      <Table.Td visibleFrom="sm">{roleNames(member.global_roles)}</Table.Td>
      <Table.Td ta="right">
        <GuardedButton
          size="xs"
          variant="default"
          mr={6}
          aria-label={`Roles of ${member.username}`}
          reason={
            refusal(may?.assignRoles, "give roles here") ??
            (own ? "You cannot change your own roles." : undefined)
          }
          onClick={() => setEditing(true)}
        >
          Roles
        </GuardedButton>
        <ActionButton
          deed="Remove"
          size="xs"
          label={`Remove ${member.username}`}
          title={`Remove ${member.username}?`}
          danger
          reason={
            refusal(may?.removeMembers, "remove members") ?? (own ? "You cannot remove yourself." : undefined)
          }
          run={() => removeMember(organization.id, member.user_id)}
          done={`${member.username} is no member any more.`}
          refresh={[["members"], ["group-members"], ["groups"]]}
        >
          They lose their roles and groups here and what those let them reach.
        </ActionButton>
        <MemberRolesDialog
          member={member}
          organization={organization}
          opened={editing}
          onClose={() => setEditing(false)}
        />
      </Table.Td>
    </Table.Tr>
  );
}
