import { Button, Group, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { deleteSecret, secretsQuery } from "@/api/account";
import type { UserSecret } from "@/api/types";
import { ActionButton } from "@/ui/ActionButton";
import { FormDialog } from "@/ui/FormDialog";
import { Page } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { EmptyState } from "@/ui/States";
import { TableFrame } from "@/ui/TableFrame";
import { Time } from "@/ui/Time";
import { SecretForm } from "./SecretForm";

export function SecretsPage() {
  const secrets = useQuery(secretsQuery);
  /** What the dialog is about; null for a new one. */
  const [edited, setEdited] = useState<UserSecret | null>();
  const close = () => setEdited(undefined);
  return (
    <Page
      title="Secrets"
      intro="For your workspaces, as variables or files. A value goes in here and is never shown again."
      actions={<Button onClick={() => setEdited(null)}>Add secret</Button>}
    >
      <QueryView query={secrets}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title="No secrets">A key or password that your workspaces need goes here.</EmptyState>
          ) : (
            <TableFrame label="Secrets">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Name</Table.Th>
                  <Table.Th>Variable</Table.Th>
                  <Table.Th visibleFrom="sm">File</Table.Th>
                  <Table.Th visibleFrom="sm">Changed</Table.Th>
                  <Table.Th>
                    <span className="visually-hidden">Action</span>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {list.map((secret) => (
                  <Row key={secret.id} secret={secret} onEdit={() => setEdited(secret)} />
                ))}
              </Table.Tbody>
            </TableFrame>
          )
        }
      </QueryView>
      <FormDialog
        opened={edited !== undefined}
        onClose={close}
        title={edited ? `Edit ${edited.name}` : "Add secret"}
      >
        <SecretForm secret={edited ?? undefined} onClose={close} />
      </FormDialog>
    </Page>
  );
}

function Row({ secret, onEdit }: { secret: UserSecret; onEdit: () => void }) {
  return (
    <Table.Tr>
      <Table.Td>
        <Text component="span" fz="sm" fw={600}>
          {secret.name}
        </Text>
        <Text size="xs" c="dimmed">
          {secret.enabled ? secret.description : "Switched off"}
        </Text>
      </Table.Td>
      <Table.Td>{secret.env_name ? <code>{secret.env_name}</code> : "–"}</Table.Td>
      <Table.Td visibleFrom="sm">{secret.file_path ? <code>{secret.file_path}</code> : "–"}</Table.Td>
      <Table.Td visibleFrom="sm">
        <Time value={secret.updated_at} />
      </Table.Td>
      <Table.Td>
        <Group gap={6} justify="flex-end" wrap="nowrap">
          <Button size="xs" variant="default" aria-label={`Edit ${secret.name}`} onClick={onEdit}>
            Edit
          </Button>
          <ActionButton
            deed="Delete"
            size="xs"
            label={`Delete ${secret.name}`}
            title={`Delete the secret ${secret.name}?`}
            danger
            run={() => deleteSecret(secret.name)}
            done={`The secret ${secret.name} is deleted.`}
            refresh={[["secrets"]]}
          >
            Workspaces that start from now on do without it.
          </ActionButton>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
