import type {
  AuditLog,
  ConnectionLog,
  Template,
  TemplateVersion,
  TemplateVersionParameter,
  User,
  Workspace,
  WorkspaceAgent,
  WorkspaceBuild,
} from "@/api/types";

export const ORGANIZATION = {
  id: "00000000-0000-4000-8000-0000000000aa",
  name: "default",
  display_name: "Default",
  is_default: true,
};

/** Readable ids of the right form: kind and number. */
export function id(kind: number, number: number): string {
  const tail = String(number).padStart(12, "0");
  return `0000000${kind}-0000-4000-8000-${tail}`;
}

export function ago(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}

export function user(number: number, username: string, more: Partial<User> = {}): User {
  return {
    id: id(1, number),
    username,
    name: `${username.charAt(0).toUpperCase()}${username.slice(1)} Example`,
    email: `${username}@example.com`,
    created_at: ago(60 * 24 * 40),
    last_seen_at: ago(number * 7),
    status: "active",
    organization_ids: [ORGANIZATION.id],
    roles: [],
    ...more,
  };
}

const README = `---
display_name: hidden
---
# Java workspace

A shell with **Java 25**, Maven and git.

- Home at \`/home/dev\` survives restarts
- [Project page](https://example.com/project)

<script>document.title = "owned"</script>
<img src=x onerror="document.title='owned'">

[A trap](javascript:alert(1))  ![diagram](https://example.com/picture.png)

\`\`\`
./cloister ssh dev
\`\`\`
`;

export function templateVersion(number: number, more: Partial<TemplateVersion> = {}): TemplateVersion {
  return {
    id: id(3, number),
    name: `quiet_arch${number}`,
    message: number === 1 ? "First version" : "Raise the memory limit",
    readme: README,
    created_at: ago(60 * 24 * (10 - number)),
    created_by: { username: "alice" },
    archived: false,
    job: job("succeeded"),
    ...more,
  };
}

export function template(number: number, name: string, more: Partial<Template> = {}): Template {
  return {
    id: id(2, number),
    name,
    display_name: "",
    description: "A shell with Java, Maven and git, isolated from the host",
    icon: "",
    organization_id: ORGANIZATION.id,
    organization_name: ORGANIZATION.name,
    active_version_id: id(3, 2),
    active_user_count: 3,
    created_by_name: "alice",
    updated_at: ago(60 * 26),
    deprecated: false,
    deprecation_message: "",
    ...more,
  };
}

export function job(status: WorkspaceBuild["job"]["status"], error?: string): WorkspaceBuild["job"] {
  const done = ["succeeded", "failed", "canceled"].includes(status);
  return {
    id: id(9, 1),
    status,
    created_at: ago(31),
    started_at: status === "pending" ? undefined : ago(30),
    completed_at: done ? ago(29.9) : undefined,
    error,
    queue_position: status === "pending" ? 1 : 0,
    queue_size: status === "pending" ? 2 : 0,
  };
}

export function agent(number: number, more: Partial<WorkspaceAgent> = {}): WorkspaceAgent {
  return {
    id: id(6, number),
    name: "main",
    status: "connected",
    lifecycle_state: "ready",
    operating_system: "linux",
    architecture: "amd64",
    version: "0.1.0",
    health: { healthy: true },
    logs_overflowed: false,
    log_sources: [{ id: id(7, 1), display_name: "Startup script" }],
    apps: [
      {
        id: id(8, 1),
        slug: "web",
        display_name: "Web preview",
        external: false,
        hidden: false,
        health: "healthy",
        subdomain: true,
        subdomain_name: "web--main--dev--alice",
        sharing_level: "owner",
      },
      {
        id: id(8, 2),
        slug: "docs",
        display_name: "Handbook",
        url: "https://example.com/handbook",
        external: true,
        hidden: false,
        health: "disabled",
        subdomain: false,
        sharing_level: "owner",
      },
      {
        id: id(8, 3),
        slug: "trap",
        display_name: "Trap",
        url: "javascript:alert(document.domain)",
        external: true,
        hidden: false,
        health: "disabled",
        subdomain: false,
        sharing_level: "owner",
      },
    ],
    ...more,
  };
}

export function build(number: number, more: Partial<WorkspaceBuild> = {}): WorkspaceBuild {
  return {
    id: id(5, number),
    build_number: number,
    created_at: ago(31),
    initiator_name: "alice",
    job: job("succeeded"),
    reason: "initiator",
    status: "running",
    template_version_id: id(3, 2),
    template_version_name: "quiet_arch2",
    transition: "start",
    deadline: null,
    resources: [
      {
        id: id(4, 1),
        name: "sandbox",
        type: "cloister_sandbox",
        hide: false,
        agents: [agent(1)],
        metadata: [
          {
            key: "warning: cgroups",
            value:
              "This host has no writable cgroup hierarchy: limits on memory, CPU and processes are not enforced.",
            sensitive: false,
          },
          { key: "Image", value: "host root, read-only", sensitive: false },
          { key: "Disk", value: "10 GiB", sensitive: false },
          { key: "Database password", value: "correct-horse", sensitive: true },
        ],
      },
    ],
    ...more,
  };
}

export function workspace(number: number, name: string, more: Partial<Workspace> = {}): Workspace {
  return {
    id: id(0, number),
    name,
    owner_id: id(1, 1),
    owner_name: "alice",
    organization_id: ORGANIZATION.id,
    organization_name: ORGANIZATION.name,
    template_id: id(2, 1),
    template_name: "java",
    template_display_name: "Java workspace",
    template_active_version_id: id(3, 2),
    template_allow_user_cancel_workspace_jobs: true,
    latest_build: build(number),
    outdated: false,
    created_at: ago(60 * 24 * 3),
    last_used_at: ago(4),
    health: { healthy: true, failing_agents: [] },
    ...more,
  };
}

const parameter = (more: Partial<TemplateVersionParameter>): TemplateVersionParameter => ({
  name: "",
  description_plaintext: "",
  type: "string",
  mutable: true,
  ephemeral: false,
  required: false,
  default_value: "",
  options: [],
  ...more,
});

export const parameters: TemplateVersionParameter[] = [
  parameter({
    name: "repository",
    display_name: "Repository",
    description_plaintext: "Cloned into the home at the first start.",
    required: true,
    mutable: false,
    validation_regex: "^(https://|git@)",
    validation_error: "Must begin with https:// or git@.",
  }),
  parameter({
    name: "memory",
    display_name: "Memory, GiB",
    type: "number",
    default_value: "4",
    validation_min: 1,
    validation_max: 16,
    validation_error: "Between {min} and {max}, not {value}.",
  }),
  parameter({
    name: "cpus",
    display_name: "CPUs",
    type: "number",
    form_type: "slider",
    default_value: "2",
    validation_min: 1,
    validation_max: 8,
  }),
  parameter({ name: "docker", display_name: "Podman inside", type: "bool", default_value: "false" }),
  parameter({
    name: "region",
    display_name: "Region",
    default_value: "eu",
    options: [
      { name: "Europe", description: "Frankfurt", value: "eu" },
      { name: "America", description: "Ohio", value: "us" },
    ],
    form_type: "radio",
  }),
  parameter({
    name: "shell",
    display_name: "Shell",
    default_value: "bash",
    options: [
      { name: "bash", description: "", value: "bash" },
      { name: "zsh", description: "", value: "zsh" },
    ],
  }),
  parameter({
    name: "packages",
    display_name: "Packages",
    type: "list(string)",
    default_value: '["git","maven"]',
  }),
  parameter({
    name: "motd",
    display_name: "Greeting",
    form_type: "textarea",
    description_plaintext: "Shown at login.",
  }),
];

export function auditRecord(number: number, more: Partial<AuditLog> = {}): AuditLog {
  return {
    id: id(7, number),
    request_id: id(9, number),
    time: ago(number * 13),
    organization: ORGANIZATION,
    ip: "10.1.2.3",
    user_agent: "Mozilla/5.0 (X11; Linux x86_64)",
    resource_type: "workspace",
    resource_id: id(0, 1),
    resource_target: "dev",
    action: "write",
    status_code: 200,
    description: "{user} updated workspace {target}",
    user: user(1, "alice"),
    diff: {
      name: { old: "dev", new: "work", secret: false },
      ttl: { old: null, new: 28_800_000_000_000, secret: false },
      token: { old: "leaked-old", new: "leaked-new", secret: true },
    },
    ...more,
  };
}

export const auditRecords: AuditLog[] = [
  auditRecord(1),
  auditRecord(2, {
    action: "login",
    resource_type: "user",
    resource_target: "mallory",
    status_code: 401,
    description: "{user} unsuccessfully attempted to log in",
    user: null,
    diff: {},
  }),
  auditRecord(3, {
    action: "connect",
    resource_type: "workspace_agent",
    description: "{user} connected to workspace agent {target}",
    resource_target: "main",
    diff: {},
  }),
];

export const connectionRecords: ConnectionLog[] = [
  {
    id: id(7, 1),
    connect_time: ago(5),
    workspace_owner_username: "alice",
    workspace_name: "dev",
    agent_name: "main",
    ip: "10.1.2.3",
    type: "ssh",
    ssh_info: { connection_id: id(7, 9), user: { username: "alice" } },
  },
  {
    id: id(7, 2),
    connect_time: ago(90),
    workspace_owner_username: "alice",
    workspace_name: "dev",
    agent_name: "main",
    ip: "10.1.2.4",
    type: "reconnecting_pty",
    ssh_info: {
      connection_id: id(7, 8),
      disconnect_time: ago(80),
      disconnect_reason: "client left",
      exit_code: 130,
    },
  },
  {
    id: id(7, 3),
    connect_time: ago(100),
    workspace_owner_username: "alice",
    workspace_name: "dev",
    agent_name: "main",
    ip: "10.1.2.4",
    type: "workspace_app",
    web_info: { user_agent: "Mozilla/5.0", user: user(2, "bob"), slug_or_port: "web", status_code: 404 },
  },
];
