import { Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Workspace, WorkspaceBuild } from "@/api/types";
import { buildsQuery } from "@/api/workspaces";
import { jobLook } from "@/modules/status";
import { formatSpan, parseTime } from "@/modules/time";
import { Fold } from "@/ui/Fold";
import { QueryView } from "@/ui/QueryView";
import { Status } from "@/ui/Status";
import { TableFrame } from "@/ui/TableFrame";
import { Time } from "@/ui/Time";

export function Builds({ workspace }: { workspace: Workspace }) {
  return (
    <Fold title="Builds" opened={false}>
      <History workspace={workspace} />
    </Fold>
  );
}

function History({ workspace }: { workspace: Workspace }) {
  const builds = useQuery(buildsQuery(workspace.id));
  const { refetch } = builds;
  const current = `${workspace.latest_build.id} ${workspace.latest_build.job.status}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks again whenever the latest build has moved on
  useEffect(() => void refetch(), [current, refetch]);
  return (
    <QueryView query={builds}>
      {(list) => (
        <TableFrame label="All builds" plain>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Build</Table.Th>
              <Table.Th>Result</Table.Th>
              <Table.Th visibleFrom="sm">Version</Table.Th>
              <Table.Th>By</Table.Th>
              <Table.Th>When</Table.Th>
              <Table.Th visibleFrom="sm">Took</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {list.map((build) => (
              <Row key={build.id} build={build} />
            ))}
          </Table.Tbody>
        </TableFrame>
      )}
    </QueryView>
  );
}

function Row({ build }: { build: WorkspaceBuild }) {
  const started = parseTime(build.job.started_at);
  const ended = parseTime(build.job.completed_at);
  return (
    <Table.Tr>
      <Table.Td>
        #{build.build_number} {build.transition}
      </Table.Td>
      <Table.Td>
        <Status look={jobLook(build.job.status)} />
        {build.job.error && (
          <Text size="xs" c="var(--cl-bad)">
            {build.job.error}
          </Text>
        )}
      </Table.Td>
      <Table.Td visibleFrom="sm">{build.template_version_name}</Table.Td>
      <Table.Td>{build.initiator_name}</Table.Td>
      <Table.Td>
        <Time value={build.created_at} />
      </Table.Td>
      <Table.Td visibleFrom="sm">{started && ended ? formatSpan(started, ended) : "–"}</Table.Td>
    </Table.Tr>
  );
}
