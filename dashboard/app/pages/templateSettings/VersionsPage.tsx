import { Badge, Button, Group, Switch, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { archiveUnused, archiveVersion, promoteVersion, templateVersionsQuery } from "@/api/templates";
import type { Template, TemplateVersion } from "@/api/types";
import { jobLook } from "@/modules/status";
import { ActionButton } from "@/ui/ActionButton";
import { Page } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { EmptyState } from "@/ui/States";
import { Status } from "@/ui/Status";
import { TableFrame } from "@/ui/TableFrame";
import { Time } from "@/ui/Time";
import { useTemplate } from "./useTemplate";

const PAGE_SIZE = 25;
const refresh = [["template-versions"], ["template"], ["templates"]];

export function VersionsPage() {
  const { template, reason } = useTemplate();
  const [archivedToo, setArchivedToo] = useState(false);
  const [page, setPage] = useState(0);
  const versions = useQuery(templateVersionsQuery(template.id, archivedToo, PAGE_SIZE, page * PAGE_SIZE));
  return (
    <Page
      title="Versions"
      intro="New workspaces are made from the active one; the others are offered it as an update."
      actions={
        <ActionButton
          deed="Archive unused ones"
          title="Archive all unused versions?"
          reason={reason}
          run={() => archiveUnused(template.id)}
          done="The unused versions are archived."
          refresh={refresh}
        >
          Every version that no workspace runs and that is not the active one is put away. It can be brought
          back.
        </ActionButton>
      }
    >
      <Switch
        mb="sm"
        size="xs"
        label="Show archived ones too"
        checked={archivedToo}
        onChange={(event) => {
          setArchivedToo(event.currentTarget.checked);
          setPage(0);
        }}
      />
      <QueryView query={versions}>
        {(list) => (
          <>
            {list.length === 0 ? (
              <EmptyState title="No versions here">There are no more than on the pages before.</EmptyState>
            ) : (
              <VersionTable versions={list} template={template} reason={reason} />
            )}
            {(page > 0 || list.length === PAGE_SIZE) && (
              <Group mt="sm" gap="xs" justify="flex-end" component="nav" aria-label="Pages">
                <Button variant="default" size="xs" disabled={page === 0} onClick={() => setPage(page - 1)}>
                  Newer
                </Button>
                <Button
                  variant="default"
                  size="xs"
                  disabled={list.length < PAGE_SIZE}
                  onClick={() => setPage(page + 1)}
                >
                  Older
                </Button>
              </Group>
            )}
          </>
        )}
      </QueryView>
    </Page>
  );
}

interface VersionTableProps {
  versions: TemplateVersion[];
  template: Template;
  reason: string | undefined;
}

function VersionTable({ versions, template, reason }: VersionTableProps) {
  return (
    <TableFrame label="Versions">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Version</Table.Th>
          <Table.Th visibleFrom="sm">Import</Table.Th>
          <Table.Th visibleFrom="sm">Created</Table.Th>
          <Table.Th>
            <span className="visually-hidden">Action</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {[...versions]
          .sort((a, b) => b.created_at.localeCompare(a.created_at))
          .map((version) => (
            <Row key={version.id} version={version} template={template} reason={reason} />
          ))}
      </Table.Tbody>
    </TableFrame>
  );
}

interface RowProps {
  version: TemplateVersion;
  template: Template;
  reason: string | undefined;
}

function Row({ version, template, reason }: RowProps) {
  const active = version.id === template.active_version_id;
  const failed = version.job.status === "succeeded" ? undefined : "Its import has not succeeded.";
  const deed = version.archived ? "Bring back" : "Archive";
  return (
    <Table.Tr>
      <Table.Td>
        <Text component="span" fz="sm" fw={600}>
          {version.name}
        </Text>{" "}
        {active && <Badge size="xs">Active</Badge>}
        {version.archived && (
          <Badge size="xs" variant="outline" color="gray" c="var(--cl-muted)">
            Archived
          </Badge>
        )}
        <Text size="xs" c="dimmed">
          {version.message}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Status look={jobLook(version.job.status)} />
        {version.job.error && (
          <Text size="xs" c="var(--cl-bad)">
            {version.job.error}
          </Text>
        )}
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Time value={version.created_at} /> by {version.created_by.username}
      </Table.Td>
      <Table.Td>
        <Group gap={6} justify="flex-end" wrap="nowrap">
          <ActionButton
            deed="Promote"
            size="xs"
            label={`Promote ${version.name}`}
            title={`Make ${version.name} the active version?`}
            reason={
              reason ??
              (active ? "It is the active version." : undefined) ??
              failed ??
              (version.archived ? "It is archived." : undefined)
            }
            run={() => promoteVersion(template.id, version.id)}
            done={`${version.name} is the active version.`}
            refresh={refresh}
          >
            New workspaces are made from it, and the present ones are offered it as an update.
          </ActionButton>
          <ActionButton
            deed={deed}
            size="xs"
            label={`${deed} ${version.name}`}
            title={`${deed} ${version.name}?`}
            reason={reason ?? (active ? "The active version stays." : undefined)}
            run={() => archiveVersion(version.id, !version.archived)}
            done={`${version.name} is ${version.archived ? "back" : "archived"}.`}
            refresh={refresh}
          >
            {version.archived
              ? "It can be chosen again."
              : "It can no longer be chosen; workspaces that run it go on."}
          </ActionButton>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
