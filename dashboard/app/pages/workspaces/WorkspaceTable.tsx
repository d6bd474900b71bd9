import { Badge, Table, Text } from "@mantine/core";
import type { Workspace } from "@/api/types";
import { healthLook, workspaceLook } from "@/modules/status";
import { TextLink } from "@/ui/Links";
import { Status } from "@/ui/Status";
import { TableFrame } from "@/ui/TableFrame";
import { Time } from "@/ui/Time";

interface WorkspaceTableProps {
  workspaces: Workspace[];
  withOwner: boolean;
  stale: boolean;
}

export function WorkspaceTable({ workspaces, withOwner, stale }: WorkspaceTableProps) {
  return (
    <TableFrame label="Workspaces" stale={stale}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Name</Table.Th>
          {withOwner && <Table.Th>Owner</Table.Th>}
          <Table.Th visibleFrom="sm">Template</Table.Th>
          <Table.Th>Status</Table.Th>
          <Table.Th visibleFrom="sm">Health</Table.Th>
          <Table.Th visibleFrom="sm">Last used</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {workspaces.map((workspace) => (
          <Row key={workspace.id} workspace={workspace} withOwner={withOwner} />
        ))}
      </Table.Tbody>
    </TableFrame>
  );
}

function Row({ workspace, withOwner }: { workspace: Workspace; withOwner: boolean }) {
  const health = healthLook(workspace);
  const template = workspace.template_display_name || workspace.template_name;
  return (
    <Table.Tr>
      <Table.Td>
        <TextLink
          to="/@{$owner}/$workspace"
          params={{ owner: workspace.owner_name, workspace: workspace.name }}
          fw={600}
          fz="sm"
        >
          {workspace.name}
        </TextLink>
        <Text size="xs" c="dimmed" hiddenFrom="sm">
          {template}
        </Text>
      </Table.Td>
      {withOwner && <Table.Td>{workspace.owner_name}</Table.Td>}
      <Table.Td visibleFrom="sm">
        {template} <Outdated workspace={workspace} />
      </Table.Td>
      <Table.Td>
        <Status look={workspaceLook(workspace.latest_build.status)} />
      </Table.Td>
      <Table.Td visibleFrom="sm">{health ? <Status look={health} /> : <span>–</span>}</Table.Td>
      <Table.Td visibleFrom="sm">
        <Time value={workspace.last_used_at} />
      </Table.Td>
    </Table.Tr>
  );
}

export function Outdated({ workspace }: { workspace: Workspace }) {
  if (!workspace.outdated) return null;
  return (
    <Badge
      size="xs"
      variant="outline"
      color="gray"
      c="var(--cl-warn)"
      bd="1px solid var(--cl-warn)"
      title="The template has a newer version"
    >
      Outdated
    </Badge>
  );
}
