import type { ApiKey, Template, User, Workspace, WorkspaceTransition } from "@/api/types";
import { agent, ago, build, id, job, template, user, workspace } from "./fixtures";

/** What the stand-in server knows. Tests arrange it and read what became of it. */
export class World {
  setUp = true;
  signedIn: string | undefined = "alice";
  setupToken = "one-time-token";
  lastSetupToken: string | undefined;
  appHost = "*.apps.example.com";
  users: User[] = [
    user(1, "alice", { roles: [{ name: "owner", display_name: "Owner" }] }),
    user(2, "bob"),
    user(3, "carol", { status: "suspended", last_seen_at: "0001-01-01T00:00:00Z" }),
  ];
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
