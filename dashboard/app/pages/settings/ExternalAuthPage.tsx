import { Button, Group, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { externalAuthsQuery, unlinkExternalAuth } from "@/api/account";
import type { ExternalAuthLink, ExternalAuthProvider } from "@/api/types";
import { ActionButton } from "@/ui/ActionButton";
import { Page } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { EmptyState } from "@/ui/States";
import { Status } from "@/ui/Status";
import { TableFrame } from "@/ui/TableFrame";

export function ExternalAuthPage() {
  const auths = useQuery(externalAuthsQuery);
  return (
    <Page title="Linked accounts" intro="Accounts elsewhere that your workspaces may use in your name.">
      <QueryView query={auths}>
        {({ providers, links }) =>
          providers === null || providers.length === 0 ? (
            <EmptyState title="No providers">An administrator sets up which ones there are.</EmptyState>
          ) : (
            <TableFrame label="Linked accounts">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Provider</Table.Th>
                  <Table.Th>State</Table.Th>
                  <Table.Th>
                    <span className="visually-hidden">Action</span>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {providers.map((provider) => (
                  <Row
                    key={provider.id}
                    provider={provider}
                    link={links?.find(({ provider_id }) => provider_id === provider.id)}
                  />
                ))}
              </Table.Tbody>
            </TableFrame>
          )
        }
      </QueryView>
    </Page>
  );
}

function Row({ provider, link }: { provider: ExternalAuthProvider; link: ExternalAuthLink | undefined }) {
  const name = provider.display_name || provider.id;
  const linked = link?.authenticated === true;
  return (
    <Table.Tr>
      <Table.Td>
        <Text component="span" fz="sm" fw={600}>
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          {provider.type}
        </Text>
      </Table.Td>
      <Table.Td>
        <Status look={linked ? { text: "Linked", tone: "good" } : { text: "Not linked", tone: "idle" }} />
        {link?.validate_error && (
          <Text size="xs" c="var(--cl-bad)">
            {link.validate_error}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Group justify="flex-end">
          {link === undefined ? (
            // A path of the server, which leads to the provider and back.
            <Button
              component="a"
              size="xs"
              href={`/external-auth/${encodeURIComponent(provider.id)}/callback?redirect=%2Fsettings%2Fexternal-auth`}
              aria-label={`Link ${name}`}
            >
              Link
            </Button>
          ) : (
            <ActionButton
              deed="Unlink"
              size="xs"
              label={`Unlink ${name}`}
              title={`Unlink ${name}?`}
              danger
              run={() => unlinkExternalAuth(provider.id)}
              done={`${name} is not linked any more.`}
              refresh={[["external-auth"]]}
            >
              Your workspaces can no longer use that account.
            </ActionButton>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
