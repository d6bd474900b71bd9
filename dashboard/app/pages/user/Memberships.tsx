import { Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { User } from "@/api/types";
import { userOrganizationsQuery } from "@/api/users";
import { TextLink } from "@/ui/Links";
import { Section } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { Quota } from "@/ui/Quota";
import { EmptyState } from "@/ui/States";
import { TableFrame } from "@/ui/TableFrame";

/** The organizations somebody belongs to, with what they have used there. */
export function Memberships({ user }: { user: User }) {
  const organizations = useQuery(userOrganizationsQuery(user.username));
  return (
    <Section title="Organizations" flush>
      <QueryView query={organizations}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title="In no organization">A member of none can have no workspace.</EmptyState>
          ) : (
            <TableFrame label="Memberships" plain>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Organization</Table.Th>
                  <Table.Th>Quota</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {list.map((each) => (
                  <Table.Tr key={each.id}>
                    <Table.Td>
                      <TextLink
                        to="/organizations/$organization/members"
                        params={{ organization: each.name }}
                        search={{ q: user.username }}
                        fz="sm"
                      >
                        {each.display_name || each.name}
                      </TextLink>
                    </Table.Td>
                    <Table.Td>
                      <Quota organization={each.id} user={user.id} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </TableFrame>
          )
        }
      </QueryView>
    </Section>
  );
}
