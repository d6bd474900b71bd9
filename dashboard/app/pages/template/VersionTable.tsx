import { Badge, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { templateVersionsQuery } from "@/api/templates";
import type { Template, TemplateVersion } from "@/api/types";
import { jobLook } from "@/modules/status";
import { Section } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { Status } from "@/ui/Status";
import { TableFrame } from "@/ui/TableFrame";
import { Time } from "@/ui/Time";

/** The template's versions, newest first, with what became of their import. */
export function VersionTable({ template }: { template: Template }) {
  const versions = useQuery(templateVersionsQuery(template.id, false, 50, 0));
  return (
    <Section title="Versions" flush>
      <QueryView query={versions}>
        {(list) => (
          <TableFrame label="All versions" plain>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Version</Table.Th>
                <Table.Th>Import</Table.Th>
                <Table.Th visibleFrom="sm">By</Table.Th>
                <Table.Th visibleFrom="sm">Created</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {[...list]
                .sort((a, b) => b.created_at.localeCompare(a.created_at))
                .map((version) => (
                  <Row
                    key={version.id}
                    version={version}
                    active={version.id === template.active_version_id}
                  />
                ))}
            </Table.Tbody>
          </TableFrame>
        )}
      </QueryView>
    </Section>
  );
}

function Row({ version, active }: { version: TemplateVersion; active: boolean }) {
  return (
    <Table.Tr>
      <Table.Td>
        <Text component="span" fz="sm" fw={active ? 600 : undefined}>
          {version.name}
        </Text>{" "}
        {active && <Badge size="xs">Active</Badge>}
        {version.message && (
          <Text size="xs" c="dimmed">
            {version.message}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Status look={jobLook(version.job.status)} />
        {version.job.error && (
          <Text size="xs" c="var(--cl-bad)">
            {version.job.error}
          </Text>
        )}
      </Table.Td>
      <Table.Td visibleFrom="sm">{version.created_by.username}</Table.Td>
      <Table.Td visibleFrom="sm">
        <Time value={version.created_at} />
      </Table.Td>
    </Table.Tr>
  );
}
