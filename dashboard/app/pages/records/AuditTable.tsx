import { Button, Table, Text } from "@mantine/core";
import { Fragment, useState } from "react";
import type { AuditLog } from "@/api/types";
import { Status } from "@/ui/Status";
import { TableFrame } from "@/ui/TableFrame";
import { Time } from "@/ui/Time";
import { AuditDetails } from "./AuditDetails";
import { auditSentence, outcome } from "./auditText";

const COLUMNS = 6;

export function AuditTable({ records, stale }: { records: AuditLog[]; stale: boolean }) {
  return (
    <TableFrame label="Audit records" minWidth={760} stale={stale}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Time</Table.Th>
          <Table.Th>Who</Table.Th>
          <Table.Th>What</Table.Th>
          <Table.Th>From</Table.Th>
          <Table.Th>Result</Table.Th>
          <Table.Th>
            <span className="visually-hidden">Details</span>
          </Table.Th>
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

function Row({ record }: { record: AuditLog }) {
  const [opened, setOpened] = useState(false);
  const sentence = auditSentence(record);
  return (
    <Fragment>
      <Table.Tr>
        <Table.Td>
          <Time value={record.time} exact />
        </Table.Td>
        <Table.Td>
          {record.user?.username ?? (
            <Text c="dimmed" fz="sm">
              {record.ip ? "Nobody signed in" : "The server itself"}
            </Text>
          )}
        </Table.Td>
        <Table.Td>{sentence}</Table.Td>
        <Table.Td>{record.ip || "–"}</Table.Td>
        <Table.Td>
          <Status look={outcome(record.status_code)} />
        </Table.Td>
        <Table.Td>
          <Button
            variant="subtle"
            size="compact-xs"
            aria-expanded={opened}
            aria-label={`${opened ? "Less" : "More"}: ${sentence}`}
            onClick={() => setOpened(!opened)}
          >
            {opened ? "Less" : "More"}
          </Button>
        </Table.Td>
      </Table.Tr>
      {opened && (
        <Table.Tr>
          <Table.Td colSpan={COLUMNS} bg="var(--cl-code)">
            <AuditDetails record={record} />
          </Table.Td>
        </Table.Tr>
      )}
    </Fragment>
  );
}
