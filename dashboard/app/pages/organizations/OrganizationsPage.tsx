import { Badge, Table, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { organizationsQuery } from "@/api/organizations";
import { siteChecks, usePermissions } from "@/api/permissions";
import type { Organization } from "@/api/types";
import { GuardedButton, refusal } from "@/ui/GuardedButton";
import { TextLink } from "@/ui/Links";
import { Page } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { EmptyState } from "@/ui/States";
import { TableFrame } from "@/ui/TableFrame";
import { Time } from "@/ui/Time";
import { CreateOrganizationDialog } from "./CreateOrganizationDialog";

export function OrganizationsPage() {
  const may = usePermissions(siteChecks);
  const organizations = useQuery(organizationsQuery);
  const [creating, dialog] = useDisclosure(false);
  return (
    <Page
      title="Organizations"
      intro="Each has its own members, groups, roles, templates and workspaces."
      actions={
        <GuardedButton
          reason={refusal(may?.createOrganizations, "create organizations")}
          onClick={dialog.open}
        >
          Create organization
        </GuardedButton>
      }
    >
      <QueryView query={organizations}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title="No organizations">You belong to none.</EmptyState>
          ) : (
            <OrganizationTable organizations={list} />
          )
        }
      </QueryView>
      <CreateOrganizationDialog opened={creating} onClose={dialog.close} />
    </Page>
  );
}

function OrganizationTable({ organizations }: { organizations: Organization[] }) {
  return (
    <TableFrame label="Organizations">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Organization</Table.Th>
          <Table.Th visibleFrom="sm">Description</Table.Th>
          <Table.Th visibleFrom="sm">Created</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {organizations.map((each) => (
          <Table.Tr key={each.id}>
            <Table.Td>
              <TextLink
                to="/organizations/$organization"
                params={{ organization: each.name }}
                fz="sm"
                fw={600}
              >
                {each.display_name || each.name}
              </TextLink>{" "}
              {each.is_default && <Badge size="xs">Default</Badge>}
              <Text size="xs" c="dimmed">
                {each.name}
              </Text>
            </Table.Td>
            <Table.Td visibleFrom="sm">{each.description}</Table.Td>
            <Table.Td visibleFrom="sm">
              <Time value={each.created_at} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </TableFrame>
  );
}
