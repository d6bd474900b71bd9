import type { AuditDiffField, AuditLog, AuditLogStatus } from "@/api/types";
import type { StatusLook } from "@/modules/status";

const MASK = "••••••••";
const LONGEST = 2_000;

/** The record's sentence without its subject, which has a column of its own. */
export function auditSentence(record: AuditLog): string {
  const text = record.description || `${record.action} ${record.resource_type.replaceAll("_", " ")} {target}`;
  const sentence = text.replace("{user}", "").replace("{target}", () => record.resource_target);
  const trimmed = sentence.replace(/\s+/g, " ").trim();
  return trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
}

/** What the status of the answer says of the attempt. */
export function outcome(status: number): StatusLook {
  if (status >= 500) return { text: `Failed (${status})`, tone: "bad" };
  if (status === 401 || status === 403 || status === 404)
    return { text: `Refused (${status})`, tone: "warn" };
  if (status >= 400) return { text: `Rejected (${status})`, tone: "warn" };
  return { text: "Done", tone: "good" };
}

/** One side of a difference. Secrets are masked here too, should one ever arrive. */
export function diffValue(field: AuditDiffField, side: "old" | "new"): string {
  const value = field[side];
  if (field.secret) return MASK;
  if (value === undefined || value === null || value === "") return "–";
  return (typeof value === "string" ? value : JSON.stringify(value)).slice(0, LONGEST);
}

const titles = {
  ok: "Provable",
  warning: "Provable, with a warning",
  error: "The log needs somebody to look",
};

export const statusTitle = (status: AuditLogStatus): string => titles[status.severity] ?? status.severity;

/** How far a witness has followed the log. */
export function witnessSentence(witness: AuditLogStatus["witnesses"][number]): string {
  if (!witness.cosigned_at) return "Has never cosigned";
  return `Cosigned ${witness.entries} entries on ${new Date(witness.cosigned_at).toLocaleString()}`;
}
