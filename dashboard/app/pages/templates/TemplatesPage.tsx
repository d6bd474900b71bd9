import { Badge, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { templatesQuery } from "@/api/templates";
import type { Template } from "@/api/types";
import { CopyLine } from "@/ui/CopyLine";
import { ButtonLink, TextLink } from "@/ui/Links";
import { Page } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { EmptyState } from "@/ui/States";
import { TableFrame } from "@/ui/TableFrame";
import { Time } from "@/ui/Time";

export function TemplatesPage() {
  const templates = useQuery(templatesQuery);
  return (
    <Page title="Templates" intro="What a workspace is made from. Choose one to create a workspace.">
      <QueryView query={templates}>
        {(list) => (list.length === 0 ? <NoTemplates /> : <TemplateTable templates={list} />)}
      </QueryView>
    </Page>
  );
}

function TemplateTable({ templates }: { templates: Template[] }) {
  return (
    <TableFrame label="Templates">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Template</Table.Th>
          <Table.Th visibleFrom="sm">Used by</Table.Th>
          <Table.Th visibleFrom="sm">Updated</Table.Th>
          <Table.Th>
            <span className="visually-hidden">Action</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {templates.map((template) => (
          <Row key={template.id} template={template} />
        ))}
      </Table.Tbody>
    </TableFrame>
  );
}

function Row({ template }: { template: Template }) {
  const title = template.display_name || template.name;
  const params = { organization: template.organization_name, template: template.name };
  return (
    <Table.Tr>
      <Table.Td>
        <TextLink to="/templates/$organization/$template" params={params} fw={600} fz="sm">
          {title}
        </TextLink>{" "}
        {template.deprecated && (
          <Badge size="xs" color="gray" variant="outline" title={template.deprecation_message}>
            Deprecated
          </Badge>
        )}
        <Text size="xs" c="dimmed" lineClamp={2}>
          {template.description}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">{people(template.active_user_count)}</Table.Td>
      <Table.Td visibleFrom="sm">
        <Time value={template.updated_at} />
      </Table.Td>
      <Table.Td ta="right">
        {!template.deprecated && (
          <ButtonLink
            to="/templates/$organization/$template/workspace"
            params={params}
            size="xs"
            variant="light"
            aria-label={`Create workspace from ${title}`}
          >
            Create workspace
          </ButtonLink>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

/** The server says -1 while it has not counted. */
function people(count: number): string {
  if (count < 0) return "–";
  return count === 1 ? "1 developer" : `${count} developers`;
}

function NoTemplates() {
  return (
    <EmptyState title="No templates yet">
      <p>
        A template is a directory with a workspace.yaml or Terraform files. Push one from the command line:
      </p>
      <CopyLine text="cloister templates push" label="the command" />
    </EmptyState>
  );
}
