import { Badge, Group, Table, Text } from "@mantine/core";
import type { User } from "@/api/types";
import { roleNames, userLook } from "@/modules/people";
import { TextLink } from "@/ui/Links";
import { Status } from "@/ui/Status";
import { TableFrame } from "@/ui/TableFrame";
import { Time } from "@/ui/Time";
import { StatusButton } from "./StatusButton";

interface UserTableProps {
  users: User[];
  mayUpdate: boolean | undefined;
  stale: boolean;
}

export function UserTable({ users, mayUpdate, stale }: UserTableProps) {
  return (
    <TableFrame label="Users" stale={stale}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>User</Table.Th>
          <Table.Th visibleFrom="sm">E-mail</Table.Th>
          <Table.Th visibleFrom="sm">Roles</Table.Th>
          <Table.Th>Status</Table.Th>
          <Table.Th visibleFrom="sm">Last seen</Table.Th>
          <Table.Th>
            <span className="visually-hidden">Action</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {users.map((user) => (
          <Row key={user.id} user={user} mayUpdate={mayUpdate} />
        ))}
      </Table.Tbody>
    </TableFrame>
  );
}

function Row({ user, mayUpdate }: { user: User; mayUpdate: boolean | undefined }) {
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="xs">
          <TextLink to="/users/$user" params={{ user: user.username }} fz="sm" fw={600}>
            {user.username}
          </TextLink>
          {user.is_service_account && (
            <Badge size="xs" variant="outline" color="gray" c="var(--cl-muted)">
              Service
            </Badge>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {user.name}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">{user.email}</Table.Td>
      <Table.Td visibleFrom="sm">{roleNames(user.roles)}</Table.Td>
      <Table.Td>
        <Status look={userLook(user.status)} />
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Time value={user.last_seen_at} />
      </Table.Td>
      <Table.Td ta="right">
        <StatusButton user={user} mayUpdate={mayUpdate} size="xs" label />
      </Table.Td>
    </Table.Tr>
  );
}
