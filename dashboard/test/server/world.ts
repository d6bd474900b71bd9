import type {
  AccessRole,
  ApiKey,
  AuditSink,
  Organization,
  PortShare,
  SlimRole,
  Template,
  TemplateVersionVariable,
  User,
  Workspace,
  WorkspaceTransition,
} from "@/api/types";
import { Account, Deployment, Inbox } from "./affairs";
import {
  agent,
  ago,
  auditSinks,
  build,
  group,
  id,
  job,
  ORGANIZATION,
  organization,
  organizationRoles,
  siteRoles,
  template,
  templateVersion,
  user,
  workspace,
} from "./fixtures";

/** What the stand-in server knows. Tests arrange it and read what became of it. */
export class World {
  setUp = true;
  signedIn: string | undefined = "alice";
  oneTimeCode = "AB12-CD34";
  setupToken = "one-time-token";
  lastSetupToken: string | undefined;
  appHost = "*.apps.example.com";
  users: User[] = [
    user(1, "alice", { roles: [{ name: "owner", display_name: "Owner" }] }),
    user(2, "bob"),
    user(3, "carol", { status: "suspended", last_seen_at: "0001-01-01T00:00:00Z" }),
    user(4, "deploy-bot", { is_service_account: true, login_type: "none", email: "", name: "" }),
  ];
  organizations: Organization[] = [
    organization(1, ORGANIZATION.name, ORGANIZATION),
    organization(2, "research", { description: "Keeps to itself" }),
  ];
  sinks: AuditSink[] = auditSinks();
  siteRoles = siteRoles();
  organizationRoles = organizationRoles();
  /** Ids of the people in the organization, and their roles there. */
  members = new Set([id(1, 1), id(1, 2)]);
  memberRoles = new Map<string, SlimRole[]>([
    [id(1, 2), [{ name: "organization-auditor", display_name: "Organization Auditor" }]],
  ]);
  groups = [
    group(0, "Everyone", { id: ORGANIZATION.id, total_member_count: 2, quota_allowance: 20 }),
    group(1, "platform", { display_name: "Platform team", total_member_count: 1, quota_allowance: 80 }),
  ];
  groupMembers = new Map<string, Set<string>>([
    [ORGANIZATION.id, new Set([id(1, 1), id(1, 2)])],
    [id(0, 101), new Set([id(1, 2)])],
  ]);
  templates: Template[] = [
    template(1, "java", { display_name: "Java workspace" }),
    template(2, "old", { deprecated: true, deprecation_message: "Use java.", active_user_count: 0 }),
  ];
  workspaces: Workspace[] = [
    workspace(1, "dev"),
    workspace(2, "experiment", {
      outdated: true,
      last_used_at: ago(60 * 24 * 9),
      latest_build: build(2, { status: "stopped", transition: "stop", resources: [] }),
    }),
    workspace(3, "broken", {
      owner_id: id(1, 2),
      owner_name: "bob",
      latest_build: build(3, {
        status: "failed",
        job: job("failed", "workspace.yaml line 12: memory: must be at least 128 MiB"),
        resources: [],
      }),
    }),
    workspace(4, "uneasy", {
      health: { healthy: false, failing_agents: [id(6, 4)] },
      latest_build: build(4, {
        resources: [
          {
            id: id(4, 4),
            name: "sandbox",
            type: "cloister_sandbox",
            hide: false,
            agents: [
              agent(4, {
                status: "disconnected",
                lifecycle_state: "start_error",
                disconnected_at: ago(3),
                health: { healthy: false, reason: "The agent has not been heard of for 3 minutes." },
              }),
            ],
            metadata: [],
          },
        ],
      }),
    }),
  ];
  tokens: ApiKey[] = [
    {
      id: "abcdefghij",
      token_name: "deploy",
      created_at: ago(60 * 24),
      expires_at: new Date(Date.now() + 29 * 86_400_000).toISOString(),
      last_used: "0001-01-01T00:00:00Z",
      lifetime_seconds: 2_592_000,
    },
  ];
  versions = [
    templateVersion(1),
    templateVersion(2),
    templateVersion(3, {
      job: job("failed", "workspace.yaml line 3: engine: unknown value"),
      created_at: ago(30),
    }),
  ];
  variables: TemplateVersionVariable[] = [
    {
      name: "region",
      description: "Where it runs",
      type: "string",
      value: "eu",
      default_value: "eu",
      required: false,
      sensitive: false,
    },
    {
      name: "api_key",
      description: "",
      type: "string",
      value: "leaked-key",
      default_value: "",
      required: true,
      sensitive: true,
    },
  ];
  buildParameters = [
    { name: "repository", value: "https://example.com/a.git" },
    { name: "memory", value: "8" },
  ];
  /** Roles by the ids of people and groups. */
  templateAccess = new Map<string, AccessRole>([[ORGANIZATION.id, "use"]]);
  workspaceAccess = new Map<string, AccessRole>([[id(1, 2), "use"]]);
  portShares: PortShare[] = [
    {
      workspace_id: id(0, 1),
      agent_name: "main",
      port: 3000,
      share_level: "authenticated",
      protocol: "http",
    },
  ];
  account = new Account();
  inbox = new Inbox();
  deployment = new Deployment();
  builds = 10;
  /** The terminals' screens by the session's id. */
  screens = new Map<string, string>();

  me(): User | undefined {
    return this.users.find((each) => each.username === this.signedIn);
  }

  isOwner(): boolean {
    return this.me()?.roles.some((role) => role.name === "owner") ?? false;
  }

  visible(): Workspace[] {
    return this.workspaces.filter((each) => this.isOwner() || each.owner_name === this.signedIn);
  }

  /** Access as the API tells of it. */
  acl(access: Map<string, AccessRole>) {
    const users = this.users.filter(({ id }) => access.has(id));
    const groups = this.groups.filter(({ id }) => access.has(id));
    return {
      users: users.map((each) => ({ ...each, role: access.get(each.id) })),
      group: groups.map((each) => ({ ...each, role: access.get(each.id) })),
    };
  }

  /** Begins a build; `finish` completes it. */
  begin(target: Workspace, transition: WorkspaceTransition): Workspace["latest_build"] {
    this.builds += 1;
    const status = { start: "starting", stop: "stopping", delete: "deleting" } as const;
    target.latest_build = build(this.builds, {
      status: status[transition],
      transition,
      created_at: new Date().toISOString(),
      job: { ...job("running"), started_at: new Date().toISOString() },
      resources: [],
    });
    return target.latest_build;
  }

  finish(target: Workspace): void {
    const { transition, build_number: number } = target.latest_build;
    const status = { start: "running", stop: "stopped", delete: "deleted" } as const;
    const { resources } = build(number);
    target.latest_build = {
      ...target.latest_build,
      status: status[transition],
      job: { ...target.latest_build.job, status: "succeeded", completed_at: new Date().toISOString() },
      resources: transition === "start" ? resources : [],
    };
  }
}
