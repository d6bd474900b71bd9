import { Badge, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { deploymentConfigQuery } from "@/api/deployment";
import type { DeploymentOption } from "@/api/types";
import { groupOf, matches, shownValue } from "@/modules/deploymentOptions";
import { Page, Section } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { SearchField } from "@/ui/SearchField";
import { EmptyState } from "@/ui/States";
import { TableFrame } from "@/ui/TableFrame";

export function ConfigurationPage() {
  const config = useQuery(deploymentConfigQuery);
  const [text, setText] = useState("");
  return (
    <Page
      title="Settings"
      intro="How this server was started. Change them by flag, environment or file, and start it again."
    >
      <Stack>
        <SearchField label="Search settings" placeholder="Name or variable" value={text} onSearch={setText} />
        <QueryView query={config}>
          {({ options }) => <Groups options={(options ?? []).filter((each) => matches(each, text))} />}
        </QueryView>
      </Stack>
    </Page>
  );
}

function Groups({ options }: { options: DeploymentOption[] }) {
  if (options.length === 0) return <EmptyState title="Nothing matches">Try another word.</EmptyState>;
  const names = [...new Set(options.map(groupOf))].sort();
  return names.map((name) => (
    <Section key={name} title={name} flush>
      <TableFrame label={`Settings of ${name}`} plain>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Setting</Table.Th>
            <Table.Th>Value</Table.Th>
            <Table.Th visibleFrom="sm">From</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {options
            .filter((each) => groupOf(each) === name)
            .map((option) => (
              <Row key={option.name} option={option} />
            ))}
        </Table.Tbody>
      </TableFrame>
    </Section>
  ));
}

const sources: Record<string, string> = {
  flag: "Flag",
  env: "Environment",
  yaml: "File",
  default: "Default",
};

function Row({ option }: { option: DeploymentOption }) {
  const source = sources[option.value_source] ?? option.value_source ?? "";
  return (
    <Table.Tr>
      <Table.Td>
        <Text component="span" fz="sm" fw={600}>
          {option.name}
        </Text>
        <Text size="xs" c="dimmed">
          {option.description}
        </Text>
        <Text size="xs" c="dimmed">
          <code>{[option.flag && `--${option.flag}`, option.env].filter(Boolean).join("  ")}</code>
        </Text>
      </Table.Td>
      <Table.Td>
        <code>{shownValue(option)}</code>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Badge size="xs" variant="outline" color="gray" c="var(--cl-muted)">
          {source || "Not set"}
        </Badge>
      </Table.Td>
    </Table.Tr>
  );
}
