import { Table, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { User, UserStatus } from "@/api/types";
import { setUserStatus } from "@/api/users";
import { notifyDone } from "@/modules/notify";
import { useMe } from "@/modules/session";
import type { StatusLook } from "@/modules/status";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { GuardedButton, refusal } from "@/ui/GuardedButton";
import { Status } from "@/ui/Status";
import { TableFrame } from "@/ui/TableFrame";
import { Time } from "@/ui/Time";

const looks: Record<UserStatus, StatusLook> = {
  active: { text: "Active", tone: "good" },
  dormant: { text: "Dormant", tone: "idle" },
  suspended: { text: "Suspended", tone: "bad" },
};

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
  const roles = user.roles.map((role) => role.display_name || role.name).join(", ");
  return (
    <Table.Tr>
      <Table.Td>
        <Text component="span" fz="sm" fw={600}>
          {user.username}
        </Text>
        <Text size="xs" c="dimmed">
          {user.name}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">{user.email}</Table.Td>
      <Table.Td visibleFrom="sm">{roles || "Member"}</Table.Td>
      <Table.Td>
        <Status look={looks[user.status] ?? { text: user.status, tone: "idle" }} />
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Time value={user.last_seen_at} />
      </Table.Td>
      <Table.Td ta="right">
        <StatusButton user={user} mayUpdate={mayUpdate} />
      </Table.Td>
    </Table.Tr>
  );
}

function StatusButton({ user, mayUpdate }: { user: User; mayUpdate: boolean | undefined }) {
  const me = useMe();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const suspends = user.status !== "suspended";
  const deed = suspends ? "Suspend" : "Activate";
  const change = useMutation({
    mutationFn: () => setUserStatus(user.id, suspends ? "suspend" : "activate"),
    onSuccess: () => {
      setAsking(false);
      notifyDone(`${user.username} is ${suspends ? "suspended" : "active again"}.`);
      return client.invalidateQueries({ queryKey: ["users"] });
    },
  });
  const own = user.id === me.id ? "You cannot suspend your own account." : undefined;
  return (
    <>
      <GuardedButton
        size="xs"
        variant="default"
        reason={refusal(mayUpdate, "change accounts") ?? own}
        onClick={() => setAsking(true)}
        aria-label={`${deed} ${user.username}`}
      >
        {deed}
      </GuardedButton>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => change.mutate()}
        title={`${deed} ${user.username}?`}
        deed={deed}
        danger={suspends}
        busy={change.isPending}
        error={change.error}
      >
        {suspends
          ? "Their sessions and open connections end at once, and they cannot sign in. Their workspaces stay."
          : "They can sign in again and reach their workspaces."}
      </ConfirmDialog>
    </>
  );
}
