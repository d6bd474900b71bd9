import { Code, Group, Stack, Table, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { siteChecks, usePermissions } from "@/api/permissions";
import { deleteSink, setSinkEnabled, sinksQuery, testSink } from "@/api/sinks";
import type { AuditSink } from "@/api/types";
import { notifyDone, notifyError } from "@/modules/notify";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { GuardedButton, refusal } from "@/ui/GuardedButton";
import { Page } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { EmptyState, Forbidden, Loading } from "@/ui/States";
import { Status } from "@/ui/Status";
import { TableFrame } from "@/ui/TableFrame";
import { Time } from "@/ui/Time";
import { behind, sinkLook } from "./sinkText";

export function AuditSinksPage() {
  const may = usePermissions(siteChecks)?.readSinks;
  if (may === undefined) return <Loading />;
  return may ? <Sinks /> : <Forbidden what="see where copies of the audit log go" />;
}

function Sinks() {
  const sinks = useQuery(sinksQuery);
  return (
    <Page
      title="Audit sinks"
      intro="Where every event of the audit log is copied to, with signed heads that prove that nothing is missing."
    >
      <QueryView query={sinks}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title="No sinks">
              The audit log is kept in this server's database alone. Make a sink with{" "}
              <Code>cloister audit sinks create</Code>.
            </EmptyState>
          ) : (
            <SinkTable sinks={list} />
          )
        }
      </QueryView>
    </Page>
  );
}

function SinkTable({ sinks }: { sinks: AuditSink[] }) {
  const may = usePermissions(siteChecks);
  return (
    <TableFrame label="Audit sinks" minWidth={860}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Name</Table.Th>
          <Table.Th>State</Table.Th>
          <Table.Th>Waiting</Table.Th>
          <Table.Th>Last taken</Table.Th>
          <Table.Th>
            <span className="visually-hidden">What can be done</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {sinks.map((sink) => (
          <SinkRow
            key={sink.id}
            sink={sink}
            update={refusal(may?.updateSinks, "change audit sinks")}
            remove={refusal(may?.deleteSinks, "delete audit sinks")}
          />
        ))}
      </Table.Tbody>
    </TableFrame>
  );
}

interface SinkRowProps {
  sink: AuditSink;
  update: string | undefined;
  remove: string | undefined;
}

function SinkRow({ sink, update, remove }: SinkRowProps) {
  return (
    <Table.Tr>
      <Table.Td>
        <Text component="span" fz="sm" fw={600}>
          {sink.name}
        </Text>
        <Text size="xs" c="dimmed">
          {sink.transport}, {sink.format}
        </Text>
      </Table.Td>
      <Table.Td>
        <Stack gap={2}>
          <Status look={sinkLook(sink)} />
          {sink.failures > 0 && (
            <Text size="xs" c="dimmed">
              {sink.last_error}
            </Text>
          )}
        </Stack>
      </Table.Td>
      <Table.Td>{behind(sink)}</Table.Td>
      <Table.Td>{sink.last_success_at ? <Time value={sink.last_success_at} /> : "Nothing yet"}</Table.Td>
      <Table.Td>
        <SinkActions sink={sink} update={update} remove={remove} />
      </Table.Td>
    </Table.Tr>
  );
}

function SinkActions({ sink, update, remove }: SinkRowProps) {
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const again = { onError: notifyError, onSettled: () => client.invalidateQueries(sinksQuery) };
  const toggle = useMutation({ mutationFn: () => setSinkEnabled(sink.id, !sink.enabled), ...again });
  const test = useMutation({
    mutationFn: () => testSink(sink.id),
    onSuccess: ({ delivered, error }) =>
      delivered
        ? notifyDone(`${sink.name} took the newest signed head.`)
        : notifyError(new Error(`${sink.name}: ${error}.`)),
    ...again,
  });
  const drop = useMutation({ mutationFn: () => deleteSink(sink.id), ...again });
  const small = { variant: "default", size: "compact-xs" } as const;
  return (
    <Group gap="xs" justify="flex-end" wrap="nowrap">
      <GuardedButton
        {...small}
        reason={update}
        loading={test.isPending}
        aria-label={`Test ${sink.name}`}
        onClick={() => test.mutate()}
      >
        Test
      </GuardedButton>
      <GuardedButton
        {...small}
        reason={update}
        loading={toggle.isPending}
        aria-label={`${sink.enabled ? "Pause" : "Resume"} ${sink.name}`}
        onClick={() => toggle.mutate()}
      >
        {sink.enabled ? "Pause" : "Resume"}
      </GuardedButton>
      <GuardedButton
        {...small}
        reason={remove}
        aria-label={`Delete ${sink.name}`}
        onClick={() => setAsked(true)}
      >
        Delete
      </GuardedButton>
      <ConfirmDialog
        opened={asked}
        onClose={() => setAsked(false)}
        onConfirm={() => drop.mutate()}
        title={`Delete the sink ${sink.name}?`}
        deed="Delete sink"
        danger
        busy={drop.isPending}
        error={drop.error}
      >
        No more copies are sent there. What has been sent stays there. {behind(sink)} would not be sent.
      </ConfirmDialog>
    </Group>
  );
}
