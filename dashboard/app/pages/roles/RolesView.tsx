import { Badge, Group, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { deleteRole, type RoleLevel, rolesQuery } from "@/api/roles";
import type { AssignableRole } from "@/api/types";
import { actionsOf, rulesOf, words } from "@/modules/permissionTable";
import { ActionButton } from "@/ui/ActionButton";
import { refusal } from "@/ui/GuardedButton";
import { QueryView } from "@/ui/QueryView";
import { EmptyState } from "@/ui/States";
import { TableFrame } from "@/ui/TableFrame";

interface RolesViewProps {
  level: RoleLevel;
  mayDelete: boolean | undefined;
  /** The way to a role's editor. */
  edit: (role: AssignableRole) => ReactNode;
}

/** All roles of one level: those of the product and those made here. */
export function RolesView({ level, mayDelete, edit }: RolesViewProps) {
  const roles = useQuery(rolesQuery(level));
  return (
    <QueryView query={roles}>
      {(list) =>
        list.length === 0 ? (
          <EmptyState title="No roles">None that you may see.</EmptyState>
        ) : (
          <TableFrame label="Roles">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Role</Table.Th>
                <Table.Th visibleFrom="sm">Rights</Table.Th>
                <Table.Th>
                  <span className="visually-hidden">Action</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {[...list]
                .sort((a, b) => Number(a.built_in) - Number(b.built_in) || a.name.localeCompare(b.name))
                .map((role) => (
                  <Table.Tr key={role.name}>
                    <Table.Td>
                      <Text component="span" fz="sm" fw={600}>
                        {role.display_name || role.name}
                      </Text>{" "}
                      {!role.built_in && <Badge size="xs">Custom</Badge>}
                      <Text size="xs" c="dimmed">
                        {role.name}
                      </Text>
                    </Table.Td>
                    <Table.Td visibleFrom="sm">{summary(role)}</Table.Td>
                    <Table.Td ta="right">
                      <Group gap={6} justify="flex-end" wrap="nowrap">
                        {edit(role)}
                        {!role.built_in && (
                          <ActionButton
                            deed="Delete"
                            size="xs"
                            label={`Delete ${role.name}`}
                            title={`Delete the role ${role.name}?`}
                            danger
                            reason={refusal(mayDelete, "delete roles")}
                            run={() => deleteRole(level, role.name)}
                            done={`The role ${role.name} is deleted.`}
                            refresh={[["roles"], ["users"], ["members"]]}
                          >
                            Whoever has it loses it at once.
                          </ActionButton>
                        )}
                      </Group>
                    </Table.Td>
                  </Table.Tr>
                ))}
            </Table.Tbody>
          </TableFrame>
        )
      }
    </QueryView>
  );
}

const SHOWN = 4;

/** The first few things a role is about. */
function summary(role: AssignableRole): string {
  const rules = rulesOf([
    ...(role.site_permissions ?? []),
    ...(role.organization_permissions ?? []),
    ...(role.organization_member_permissions ?? []),
    ...(role.user_permissions ?? []),
  ]);
  // What the editor knows comes first: the rest is about parts that few have.
  rules.sort((a, b) => Number(b.resource in actionsOf) - Number(a.resource in actionsOf));
  const said = rules.map((rule) => `${rule.denied ? "not " : ""}${words(rule.resource)}`);
  const distinct = [...new Set(said)];
  const more = distinct.length - SHOWN;
  return `${distinct.slice(0, SHOWN).join(", ")}${more > 0 ? ` and ${more} more` : ""}` || "None of its own";
}
