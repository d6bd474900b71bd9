import type { ConnectionLog } from "@/api/types";
import type { StatusLook } from "@/modules/status";
import { formatSpan, parseTime } from "@/modules/time";

export const connectionTypes: Record<string, string> = {
  ssh: "SSH",
  reconnecting_pty: "Web terminal",
  workspace_app: "App",
  port_forwarding: "Port",
  vscode: "VS Code",
  jetbrains: "JetBrains",
};

/** What was opened: the kind, and the app or port where there is one. */
export function opened(record: ConnectionLog): string {
  const kind = connectionTypes[record.type] ?? record.type;
  const what = record.web_info?.slug_or_port;
  return what ? `${kind} ${what}` : kind;
}

/** Who opened it, where that is known. */
export function person(record: ConnectionLog): string {
  return record.web_info?.user?.username ?? record.ssh_info?.user?.username ?? "–";
}

export function ending(record: ConnectionLog, now: Date): StatusLook {
  const web = record.web_info;
  if (web && !record.ssh_info) {
    return web.status_code >= 400
      ? { text: `Refused (${web.status_code})`, tone: "warn" }
      : { text: "Opened", tone: "good" };
  }
  const start = parseTime(record.connect_time) ?? now;
  const end = parseTime(record.ssh_info?.disconnect_time);
  if (end === undefined) return { text: `Open for ${formatSpan(start, now)}`, tone: "good" };
  const code = record.ssh_info?.exit_code ?? 0;
  const suffix = code === 0 ? "" : `, code ${code}`;
  return { text: `Ended after ${formatSpan(start, end)}${suffix}`, tone: "idle" };
}

/** The first moment of a day in this browser's time zone, as the API wants it. */
export function dayStart(day: string | undefined): string | undefined {
  return moment(day, "00:00:00.000");
}

export function dayEnd(day: string | undefined): string | undefined {
  return moment(day, "23:59:59.999");
}

function moment(day: string | undefined, time: string): string | undefined {
  if (day === undefined) return undefined;
  const date = new Date(`${day}T${time}`);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
