import type { HealthSectionKey, HealthSectionReport, Severity } from "@/api/types";
import { words } from "./permissionTable";
import type { StatusLook } from "./status";

/** A section of the health report; `name` is what settings call it. */
export interface HealthPart {
  key: HealthSectionKey;
  name: string;
  title: string;
  about: string;
}

export const healthParts: HealthPart[] = [
  {
    key: "access_url",
    name: "AccessURL",
    title: "Access URL",
    about: "The address that people and workspaces are given leads back to this server.",
  },
  { key: "database", name: "Database", title: "Database", about: "It answers, and soon enough." },
  {
    key: "websocket",
    name: "Websocket",
    title: "WebSocket",
    about: "Proxies in between let lasting connections through.",
  },
  {
    key: "provisioner_daemons",
    name: "ProvisionerDaemons",
    title: "Provisioners",
    about: "Somebody is there to build workspaces, and speaks our version.",
  },
  {
    key: "audit_log",
    name: "AuditLog",
    title: "Audit log",
    about: "Events get their places in the signed log, and witnesses follow it.",
  },
  { key: "derp", name: "DERP", title: "Relays", about: "Direct connections and the relays in their stead." },
  {
    key: "workspace_proxy",
    name: "WorkspaceProxy",
    title: "Workspace proxies",
    about: "Those that are registered can be reached.",
  },
];

const looks: Record<Severity, StatusLook> = {
  ok: { text: "Healthy", tone: "good" },
  warning: { text: "With warnings", tone: "warn" },
  error: { text: "Unhealthy", tone: "bad" },
};

export const severityLook = (severity: Severity): StatusLook =>
  looks[severity] ?? { text: severity, tone: "idle" };

const told = ["severity", "healthy", "warnings", "error", "dismissed"];

/** The plain facts of a section, as they are called on the wire; what is nested is left to the API. */
export function factsOf(found: HealthSectionReport): [string, string][] {
  return Object.entries(found)
    .filter(([name, value]) => !told.includes(name) && ["string", "number", "boolean"].includes(typeof value))
    .map(([name, value]): [string, string] => [words(name), String(value)])
    .filter(([, value]) => value !== "");
}
