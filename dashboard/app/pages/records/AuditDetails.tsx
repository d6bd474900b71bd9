import type { AuditLog } from "@/api/types";
import { Facts } from "@/ui/Facts";
import classes from "./AuditDetails.module.css";
import { diffValue } from "./auditText";

export function AuditDetails({ record }: { record: AuditLog }) {
  const changes = Object.entries(record.diff ?? {});
  return (
    <>
      <Facts
        entries={[
          ["Request", <code key="request">{record.request_id}</code>],
          ["Resource", `${record.resource_type} ${record.resource_id}`],
          ["Organization", record.organization?.name],
          ["Client", record.user_agent],
          [
            "Proof",
            <a key="proof" href={`/api/v2/audit/log/proof/${record.id}`} download={`${record.id}.tlog-proof`}>
              Download the proof that this event is on the signed log
            </a>,
          ],
        ]}
      />
      {changes.length > 0 && (
        <table className={classes.diff}>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(([name, field]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{diffValue(field, "old")}</td>
                <td>{diffValue(field, "new")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
