import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { auditStatusQuery } from "@/api/records";
import type { AuditLogStatus } from "@/api/types";
import { severityLook } from "@/modules/health";
import { Facts } from "@/ui/Facts";
import { Fold } from "@/ui/Fold";
import { Notice } from "@/ui/Notice";
import { Status } from "@/ui/Status";
import { Time } from "@/ui/Time";
import { statusTitle, witnessSentence } from "./auditText";

/** Whether the log can be proven, in one line; the signed head and the witnesses below it. */
export function AuditStatus() {
  const status = useQuery(auditStatusQuery);
  if (!status.data) return null;
  return (
    <>
      <StatusLine status={status.data} />
      <Signed status={status.data} />
    </>
  );
}

function StatusLine({ status }: { status: AuditLogStatus }) {
  if (status.severity !== "ok")
    return (
      <Notice tone={status.severity === "error" ? "bad" : "warn"} title={statusTitle(status)}>
        {status.sentence}
      </Notice>
    );
  return (
    <Text>
      <Status look={{ ...severityLook("ok"), text: statusTitle(status) }} /> {status.sentence}
    </Text>
  );
}

function Signed({ status }: { status: AuditLogStatus }) {
  return (
    <Fold title="Signed head and witnesses" opened={status.severity === "error"}>
      <Facts
        entries={[
          ["Entries", String(status.entries)],
          ["Waiting", String(status.waiting)],
          ["Signed", status.checkpoint_at && <Time key="signed" value={status.checkpoint_at} />],
          ...status.witnesses.map((witness): [string, string] => [witness.name, witnessSentence(witness)]),
        ]}
      />
    </Fold>
  );
}
