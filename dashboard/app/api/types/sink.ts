/** Where copies of the audit log go, and how far they are. */
export interface AuditSink {
  id: string;
  name: string;
  transport: string;
  format: string;
  enabled: boolean;
  settings: Record<string, string>;
  secrets: string[];
  state: "ok" | "lagging" | "failing" | "paused";
  cursor: number;
  lag_events: number;
  lag_seconds: number;
  failures: number;
  last_error: string;
  last_error_at: string | null;
  last_success_at: string | null;
}

export interface AuditSinkTrial {
  delivered: boolean;
  error: string;
}
