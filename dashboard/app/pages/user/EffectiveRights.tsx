import { Select, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { organizationsQuery } from "@/api/organizations";
import type { EffectiveGrant, EffectiveRights as Rights } from "@/api/types";
import { effectiveRightsQuery } from "@/api/users";
import { actionsOf, words } from "@/modules/permissionTable";
import { grantedBy, type Names, place, reasons } from "@/modules/rights";
import { Notice } from "@/ui/Notice";
import { Section } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { EmptyState } from "@/ui/States";
import { TableFrame } from "@/ui/TableFrame";

const kinds = Object.keys(actionsOf).map((value) => ({ value, label: words(value) }));

/** What somebody may do in the end, and what gives or takes each right. */
export function EffectiveRights({ user }: { user: string }) {
  const [kind, setKind] = useState("workspace");
  const rights = useQuery(effectiveRightsQuery(user, kind));
  const organizations = useQuery(organizationsQuery).data ?? [];
  const names: Names = new Map(organizations.map((each) => [each.id, each.display_name || each.name]));
  return (
    <Section
      title="Rights in effect"
      flush
      aside={
        <Select
          size="xs"
          w="12rem"
          aria-label="Kind of thing"
          searchable
          data={kinds}
          value={kind}
          allowDeselect={false}
          onChange={(next) => setKind(next ?? kind)}
        />
      }
    >
      <QueryView query={rights}>
        {(data) => <Explained rights={data} names={names} stale={rights.isPlaceholderData} />}
      </QueryView>
    </Section>
  );
}

function Explained({ rights, names, stale }: { rights: Rights; names: Names; stale: boolean }) {
  return (
    <>
      {!rights.active && (
        <Notice tone="warn" title="The account is shut out">
          None of this counts until it is activated.
        </Notice>
      )}
      {rights.permissions.length === 0 ? (
        <EmptyState title="No rights">Nothing of this kind, by any role.</EmptyState>
      ) : (
        <TableFrame label="Rights by roles" plain stale={stale}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>On</Table.Th>
              <Table.Th>May</Table.Th>
              <Table.Th>Because</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rights.permissions.map((right) => (
              <Table.Tr key={`${right.level} ${right.organization_id} ${right.resource_type}`}>
                <Table.Td>{place(right, names)}</Table.Td>
                <Table.Td>{right.allowed.map(words).join(", ") || "Nothing"}</Table.Td>
                <Table.Td>
                  {right.sources.flatMap(reasons).map((reason) => (
                    <Text key={reason} size="xs">
                      {reason}
                    </Text>
                  ))}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </TableFrame>
      )}
      {rights.grants.length > 0 && <Grants grants={rights.grants} />}
    </>
  );
}

function Grants({ grants }: { grants: EffectiveGrant[] }) {
  return (
    <TableFrame label="Rights on single things" plain>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Single thing</Table.Th>
          <Table.Th>May</Table.Th>
          <Table.Th>Because</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {grants.map((grant) => (
          <Table.Tr key={`${grant.resource_id} ${grant.via} ${grant.group_name}`}>
            <Table.Td>
              {words(grant.resource_type)} {grant.resource_name}
            </Table.Td>
            <Table.Td>{grant.actions.map(words).join(", ")}</Table.Td>
            <Table.Td>
              <Text size="xs">{grantedBy(grant)}</Text>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </TableFrame>
  );
}
