import type { AuditSink } from "@/api/types";
import type { StatusLook } from "@/modules/status";

const looks: Record<AuditSink["state"], StatusLook> = {
  ok: { tone: "good", text: "Keeps up" },
  lagging: { tone: "warn", text: "Behind" },
  failing: { tone: "bad", text: "Fails" },
  paused: { tone: "idle", text: "Paused" },
};

export const sinkLook = (sink: AuditSink): StatusLook => looks[sink.state];

/** As in "12 events, the oldest 3 min old". */
export function behind({ lag_events: events, lag_seconds: seconds }: AuditSink): string {
  if (events === 0) return "Nothing";
  const count = `${events.toLocaleString("en")} ${events === 1 ? "event" : "events"}`;
  return seconds < 60 ? count : `${count}, the oldest ${Math.floor(seconds / 60)} min old`;
}
