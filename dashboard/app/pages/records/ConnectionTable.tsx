import { Table, Text } from "@mantine/core";
import type { ConnectionLog } from "@/api/types";
import { useNow } from "@/modules/useNow";
import { Status } from "@/ui/Status";
import { TableFrame } from "@/ui/TableFrame";
import { Time } from "@/ui/Time";
import { ending, opened, person } from "./connectionText";

export function ConnectionTable({ records, stale }: { records: ConnectionLog[]; stale: boolean }) {
  return (
    <TableFrame label="Connection records" minWidth={760} stale={stale}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Time</Table.Th>
          <Table.Th>Who</Table.Th>
          <Table.Th>Workspace</Table.Th>
          <Table.Th>What</Table.Th>
          <Table.Th>From</Table.Th>
          <Table.Th>State</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {records.map((record) => (
          <Row key={record.id} record={record} />
        ))}
      </Table.Tbody>
    </TableFrame>
  );
}

function Row({ record }: { record: ConnectionLog }) {
  const now = useNow();
  return (
    <Table.Tr>
      <Table.Td>
        <Time value={record.connect_time} exact />
      </Table.Td>
      <Table.Td>{person(record)}</Table.Td>
      <Table.Td>
        {record.workspace_owner_username}/{record.workspace_name}
        <Text size="xs" c="dimmed">
          {record.agent_name}
        </Text>
      </Table.Td>
      <Table.Td>{opened(record)}</Table.Td>
      <Table.Td>{record.ip || "–"}</Table.Td>
      <Table.Td>
        <Status look={ending(record, now)} />
        {record.ssh_info?.disconnect_reason && (
          <Text size="xs" c="dimmed">
            {record.ssh_info.disconnect_reason}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
