import type {
  AgentLifecycle,
  AgentStatus,
  AppHealth,
  JobStatus,
  Workspace,
  WorkspaceStatus,
} from "@/api/types";

/** How a state looks; the text always stands beside the colour. */
export type Tone = "good" | "busy" | "warn" | "bad" | "idle";

export interface StatusLook {
  text: string;
  tone: Tone;
}

const workspace: Record<WorkspaceStatus, StatusLook> = {
  pending: { text: "Queued", tone: "busy" },
  starting: { text: "Starting", tone: "busy" },
  running: { text: "Running", tone: "good" },
  stopping: { text: "Stopping", tone: "busy" },
  stopped: { text: "Stopped", tone: "idle" },
  failed: { text: "Failed", tone: "bad" },
  canceling: { text: "Cancelling", tone: "busy" },
  canceled: { text: "Cancelled", tone: "warn" },
  deleting: { text: "Deleting", tone: "busy" },
  deleted: { text: "Deleted", tone: "idle" },
};

const agent: Record<AgentStatus, StatusLook> = {
  connecting: { text: "Connecting", tone: "busy" },
  connected: { text: "Connected", tone: "good" },
  disconnected: { text: "Disconnected", tone: "bad" },
  timeout: { text: "Connection timed out", tone: "warn" },
};

const lifecycle: Record<AgentLifecycle, StatusLook> = {
  created: { text: "Waiting for the agent", tone: "busy" },
  starting: { text: "Start-up scripts are running", tone: "busy" },
  start_timeout: { text: "Start-up scripts take longer than expected", tone: "warn" },
  start_error: { text: "A start-up script failed", tone: "bad" },
  ready: { text: "Ready", tone: "good" },
  shutting_down: { text: "Shutting down", tone: "busy" },
  shutdown_timeout: { text: "Shutdown scripts take longer than expected", tone: "warn" },
  shutdown_error: { text: "A shutdown script failed", tone: "bad" },
  off: { text: "Off", tone: "idle" },
};

const app: Record<AppHealth, StatusLook | undefined> = {
  disabled: undefined,
  initializing: { text: "Starting", tone: "busy" },
  healthy: { text: "Healthy", tone: "good" },
  unhealthy: { text: "Unhealthy", tone: "bad" },
};

const job: Record<JobStatus, StatusLook> = {
  pending: { text: "Queued", tone: "busy" },
  running: { text: "Running", tone: "busy" },
  succeeded: { text: "Succeeded", tone: "good" },
  canceling: { text: "Cancelling", tone: "busy" },
  canceled: { text: "Cancelled", tone: "warn" },
  failed: { text: "Failed", tone: "bad" },
  unknown: { text: "Unknown", tone: "warn" },
};

const unknown = (text: string): StatusLook => ({ text, tone: "idle" });

export const workspaceLook = (status: WorkspaceStatus) => workspace[status] ?? unknown(status);
export const agentLook = (status: AgentStatus) => agent[status] ?? unknown(status);
export const lifecycleLook = (state: AgentLifecycle) => lifecycle[state] ?? unknown(state);
export const appLook = (health: AppHealth) => app[health];
export const jobLook = (status: JobStatus) => job[status] ?? unknown(status);

/** A build is queued or under way. */
export function isBusy(status: WorkspaceStatus): boolean {
  return ["pending", "starting", "stopping", "canceling", "deleting"].includes(status);
}

export function healthLook(workspace: Workspace): StatusLook | undefined {
  if (workspace.latest_build.status !== "running") return undefined;
  return workspace.health.healthy ? { text: "Healthy", tone: "good" } : { text: "Unhealthy", tone: "bad" };
}
