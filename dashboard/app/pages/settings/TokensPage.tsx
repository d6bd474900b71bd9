import { Button, Table } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ApiKey } from "@/api/types";
import { deleteKey, tokensQuery } from "@/api/users";
import { notifyDone } from "@/modules/notify";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Page } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { EmptyState } from "@/ui/States";
import { TableFrame } from "@/ui/TableFrame";
import { Time } from "@/ui/Time";
import { CreateTokenDialog } from "./CreateTokenDialog";

export function TokensPage() {
  const tokens = useQuery(tokensQuery);
  const [creating, dialog] = useDisclosure(false);
  const create = <Button onClick={dialog.open}>Create token</Button>;
  return (
    <Page
      title="API tokens"
      intro="For scripts that act in your name. Each can do what you can."
      actions={create}
    >
      <QueryView query={tokens}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title="No tokens">Scripts send one in the header Coder-Session-Token.</EmptyState>
          ) : (
            <TokenTable tokens={list} />
          )
        }
      </QueryView>
      <CreateTokenDialog opened={creating} onClose={dialog.close} />
    </Page>
  );
}

function TokenTable({ tokens }: { tokens: ApiKey[] }) {
  return (
    <TableFrame label="API tokens">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Name</Table.Th>
          <Table.Th visibleFrom="sm">Created</Table.Th>
          <Table.Th visibleFrom="sm">Last used</Table.Th>
          <Table.Th>Expires</Table.Th>
          <Table.Th>
            <span className="visually-hidden">Action</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {tokens.map((token) => (
          <Row key={token.id} token={token} />
        ))}
      </Table.Tbody>
    </TableFrame>
  );
}

function Row({ token }: { token: ApiKey }) {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const name = token.token_name || token.id;
  const remove = useMutation({
    mutationFn: () => deleteKey(token.id),
    onSuccess: async () => {
      setAsking(false);
      notifyDone(`The token ${name} is deleted.`);
      await client.invalidateQueries(tokensQuery);
    },
  });
  return (
    <Table.Tr>
      <Table.Td fw={600}>{name}</Table.Td>
      <Table.Td visibleFrom="sm">
        <Time value={token.created_at} />
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Time value={token.last_used} />
      </Table.Td>
      <Table.Td>
        <Time value={token.expires_at} />
      </Table.Td>
      <Table.Td ta="right">
        <Button size="xs" variant="default" aria-label={`Delete ${name}`} onClick={() => setAsking(true)}>
          Delete
        </Button>
        <ConfirmDialog
          opened={asking}
          onClose={() => setAsking(false)}
          onConfirm={() => remove.mutate()}
          title={`Delete the token ${name}?`}
          deed="Delete"
          danger
          busy={remove.isPending}
          error={remove.error}
        >
          Whatever uses it is refused from then on.
        </ConfirmDialog>
      </Table.Td>
    </Table.Tr>
  );
}
