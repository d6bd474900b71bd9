import { Badge, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { variablesQuery } from "@/api/templates";
import type { TemplateVersionVariable } from "@/api/types";
import { Page } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { EmptyState } from "@/ui/States";
import { TableFrame } from "@/ui/TableFrame";
import { useTemplate } from "./useTemplate";

export function VariablesPage() {
  const { template } = useTemplate();
  const variables = useQuery(variablesQuery(template.active_version_id));
  return (
    <Page
      title="Variables"
      intro="What the author of the active version left to be filled in. New values come with a new version: cloister templates push --variable name=value."
    >
      <QueryView query={variables}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title="No variables">The active version has none.</EmptyState>
          ) : (
            <VariableTable variables={list} />
          )
        }
      </QueryView>
    </Page>
  );
}

function VariableTable({ variables }: { variables: TemplateVersionVariable[] }) {
  return (
    <TableFrame label="Variables">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Variable</Table.Th>
          <Table.Th>Value</Table.Th>
          <Table.Th visibleFrom="sm">Default</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {variables.map((variable) => (
          <Table.Tr key={variable.name}>
            <Table.Td>
              <code>{variable.name}</code> {variable.required && <Badge size="xs">Required</Badge>}
              <Text size="xs" c="dimmed">
                {variable.description}
              </Text>
            </Table.Td>
            <Table.Td>{shown(variable.value, variable.sensitive)}</Table.Td>
            <Table.Td visibleFrom="sm">{shown(variable.default_value, variable.sensitive)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </TableFrame>
  );
}

/** Never a secret, even where the server should send one. */
function shown(value: string, sensitive: boolean) {
  if (sensitive) return <span>Kept secret</span>;
  return value === "" ? "–" : <code>{value}</code>;
}
