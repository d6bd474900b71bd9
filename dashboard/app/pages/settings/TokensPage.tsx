import { Button, Switch, Table, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ApiKey } from "@/api/types";
import { deleteKey, tokensQuery } from "@/api/users";
import { parseTime } from "@/modules/time";
import { ActionButton } from "@/ui/ActionButton";
import { Page } from "@/ui/Page";
import { Pager } from "@/ui/Pager";
import { QueryView } from "@/ui/QueryView";
import { EmptyState } from "@/ui/States";
import { TableFrame } from "@/ui/TableFrame";
import { Time } from "@/ui/Time";
import { CreateTokenDialog } from "./CreateTokenDialog";

const PAGE_SIZE = 25;

export function TokensPage() {
  const [expiredToo, setExpiredToo] = useState(false);
  const tokens = useQuery(tokensQuery(expiredToo));
  const [creating, dialog] = useDisclosure(false);
  const create = <Button onClick={dialog.open}>Create token</Button>;
  return (
    <Page
      title="API tokens"
      intro="For scripts that act in your name. Each can do what you can, or less."
      actions={create}
    >
      <Switch
        mb="sm"
        size="xs"
        label="Show expired ones too"
        checked={expiredToo}
        onChange={(event) => setExpiredToo(event.currentTarget.checked)}
      />
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
  const [page, setPage] = useState(1);
  return (
    <>
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
          {tokens.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE).map((token) => (
            <Row key={token.id} token={token} />
          ))}
        </Table.Tbody>
      </TableFrame>
      {tokens.length > PAGE_SIZE && (
        <Pager page={page} size={PAGE_SIZE} count={tokens.length} onPage={setPage} />
      )}
    </>
  );
}

function Row({ token }: { token: ApiKey }) {
  const name = token.token_name || token.id;
  const expires = parseTime(token.expires_at);
  const expired = expires !== undefined && expires.getTime() < Date.now();
  return (
    <Table.Tr>
      <Table.Td>
        <Text component="span" fz="sm" fw={600}>
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          {limits(token)}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Time value={token.created_at} />
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Time value={token.last_used} />
      </Table.Td>
      <Table.Td>
        {expired && "Expired "}
        <Time value={token.expires_at} />
      </Table.Td>
      <Table.Td ta="right">
        <ActionButton
          deed="Delete"
          size="xs"
          label={`Delete ${name}`}
          title={`Delete the token ${name}?`}
          danger
          run={() => deleteKey(token.id)}
          done={`The token ${name} is deleted.`}
          refresh={[["tokens"]]}
        >
          Whatever uses it is refused from then on.
        </ActionButton>
      </Table.Td>
    </Table.Tr>
  );
}

/** What it is good for, in the API's own names. */
function limits({ scopes, allow_list }: ApiKey): string {
  const whole = scopes === undefined || scopes.length === 0 || scopes.includes("coder:all");
  const confined = (allow_list ?? []).filter(({ type, id }) => type !== "*" || id !== "*");
  const onto = confined.map(({ type, id }) => `${type}:${id}`).join(", ");
  return `${whole ? "Everything you may do" : scopes.join(", ")}${onto ? ` on ${onto}` : ""}`;
}
