import type { IncomingMessage } from "node:http";
import type { AuthorizationCheck, WorkspaceTransition } from "@/api/types";
import { accountRoutes } from "./account";
import { administrationRoutes } from "./administration";
import {
  auditRecords,
  build,
  connectionRecords,
  ORGANIZATION,
  parameters,
  templateVersion,
  user,
  workspace,
} from "./fixtures";
import { type Call, created, done, found, missing, ok, type Reply, type Route, refused } from "./replies";
import { settingsRoutes } from "./settings";
import type { World } from "./world";

const open: Route[] = [
  ["GET /users/first", ({ world }) => (world.setUp ? ok({ message: "ok" }) : missing)],
  ["POST /users/first", createFirst],
  ["POST /users/login", login],
  ["POST /users/otp/request", () => done],
  ["POST /users/otp/change-password", changeByCode],
  ["GET /buildinfo", () => ok({ version: "0.1.0" })],
];

const signedIn: Route[] = [
  ["GET /users/me", ({ world }) => ok(world.me())],
  ["POST /users/logout", logout],
  ["GET /applications/host", ({ world }) => ok({ host: world.appHost })],
  [
    "GET /deployment/ssh",
    () => ok({ hostname_prefix: "", hostname_suffix: "cloister", ssh_config_options: {} }),
  ],
  ["POST /authcheck", authcheck],
  ["PUT /users/*/status/*", setStatus],
  ["PUT /users/me/profile", ({ world, body }) => ok({ ...world.me(), ...body })],
  ["PUT /users/me/password", changePassword],
  ["GET /users/me/keys/tokens", ({ world }) => ok(world.tokens)],
  ["POST /users/me/keys/tokens", createToken],
  ["DELETE /users/me/keys/*", deleteToken],
  ["POST /users/me/keys", () => created({ key: "sessionid0-secretsecretsecretsecre" })],
  ["GET /templates", ({ world }) => ok(world.templates)],
  [
    "GET /organizations/*/templates/*",
    ({ world, parts }) => found(world.templates.find((t) => t.name === parts[1])),
  ],
  ["GET /templateversions/*", () => ok(templateVersion(2))],
  ["GET /templateversions/*/rich-parameters", () => ok(parameters)],
  ["GET /workspaces", listWorkspaces],
  ["GET /users/*/workspace/*", findWorkspace],
  ["POST /users/*/workspaces", createWorkspace],
  ["GET /workspaces/*/builds", () => ok([build(12), build(11, { transition: "stop" })])],
  ["POST /workspaces/*/builds", createBuild],
  [
    "GET /audit/log/status",
    () =>
      ok({
        severity: "ok",
        sentence: "All 60 events up to this moment are on the signed log, and 1 witnessed it from elsewhere.",
        entries: 60,
        waiting: 0,
        checkpoint_at: "2026-03-01T12:00:00Z",
        witnesses: [{ name: "witness.example", entries: 60, cosigned_at: "2026-03-01T12:00:05Z" }],
      }),
  ],
  ["GET /audit", () => ok({ audit_logs: auditRecords, count: 60 })],
  ["GET /connectionlog", () => ok({ connection_logs: connectionRecords, count: connectionRecords.length })],
  ...accountRoutes,
  ...settingsRoutes,
  ...administrationRoutes,
];

export function answer(world: World, request: IncomingMessage, url: URL, body: unknown): Reply {
  const method = request.method ?? "GET";
  // The real server asks for the same two, against forged requests of other sites.
  if (method !== "GET" && request.headers["x-requested-with"] !== "cloister") return refused(403, "Forged.");
  if (method !== "GET" && request.headers["content-type"] !== "application/json")
    return refused(415, "Not JSON.");
  const call = `${method} ${url.pathname.replace("/api/v2", "")}`;
  const headers = request.headers;
  const publicRoute = match(open, call);
  if (publicRoute)
    return publicRoute.handler({ world, parts: publicRoute.parts, body, query: url.searchParams, headers });
  if (world.signedIn === undefined) return refused(401, "You are signed out or your session has expired.");
  const route = match(signedIn, call);
  return route
    ? route.handler({ world, parts: route.parts, body, query: url.searchParams, headers })
    : refused(404, "Route not found.");
}

function match(routes: Route[], call: string) {
  for (const [pattern, handler] of routes) {
    const found = new RegExp(`^${pattern.replaceAll("*", "([^/]+)")}$`).exec(call);
    if (found) return { handler, parts: found.slice(1).map(decodeURIComponent) };
  }
  return undefined;
}

function createFirst({ world, body, headers }: Call): Reply {
  world.lastSetupToken = headers["cloister-setup-token"] as string | undefined;
  if (world.lastSetupToken !== world.setupToken) return refused(403, "Forbidden.");
  world.setUp = true;
  world.users = [
    user(1, body.username, { email: body.email, roles: [{ name: "owner", display_name: "Owner" }] }),
  ];
  return created({ user_id: world.users[0]?.id, organization_id: ORGANIZATION.id });
}

function login({ world, body }: Call): Reply {
  const known = world.users.find((each) => each.email === body.email);
  if (known === undefined || body.password === "wrong") return refused(401, "Incorrect email or password.");
  world.signedIn = known.username;
  return created({ session_token: "never-read" });
}

function changeByCode({ world, body }: Call): Reply {
  if (body.one_time_passcode !== world.oneTimeCode) {
    return refused(400, "The code is not valid.", {
      validations: [{ field: "one_time_passcode", detail: "The code is wrong or has expired." }],
    });
  }
  return done;
}

function logout({ world }: Call): Reply {
  world.signedIn = undefined;
  return ok({ message: "Logged out!" });
}

function authcheck({ world, body }: Call): Reply {
  const checks = Object.entries(body.checks as Record<string, AuthorizationCheck>);
  const me = world.me()?.id;
  return ok(
    Object.fromEntries(
      checks.map(([name, { object }]) => [
        name,
        world.isOwner() || (object.owner_id !== undefined && object.owner_id === me),
      ]),
    ),
  );
}

function setStatus({ world, parts }: Call): Reply {
  const target = world.users.find((each) => each.id === parts[0]);
  if (target === undefined) return missing;
  target.status = parts[1] === "suspend" ? "suspended" : "active";
  return ok(target);
}

function changePassword({ body }: Call): Reply {
  if (body.old_password !== "wrong") return { status: 204 };
  return refused(400, "Old password is incorrect.", {
    validations: [{ field: "old_password", detail: "Old password is incorrect." }],
  });
}

function createToken({ world, body }: Call): Reply {
  const first = world.tokens[0];
  if (first) world.tokens.push({ ...first, id: "newtokenid", ...body });
  return created({ key: "newtokenid-abcdefghijklmnopqrstuv" });
}

function deleteToken({ world, parts }: Call): Reply {
  world.tokens = world.tokens.filter((each) => each.id !== parts[0]);
  return { status: 204 };
}

function listWorkspaces({ world, query }: Call): Reply {
  const terms = (query.get("q") ?? "").split(" ").filter(Boolean);
  const list = world
    .visible()
    .filter((each) =>
      terms.every((term) =>
        term === "owner:me" ? each.owner_name === world.signedIn : each.name.includes(term),
      ),
    );
  return ok({ workspaces: list, count: list.length });
}

function findWorkspace({ world, parts }: Call): Reply {
  return found(world.visible().find((each) => each.owner_name === parts[0] && each.name === parts[1]));
}

function createWorkspace({ world, body }: Call): Reply {
  if (world.workspaces.some((each) => each.name === body.name)) {
    return refused(409, `Workspace "${body.name}" already exists.`, {
      validations: [{ field: "name", detail: "This value is already in use and should be unique." }],
    });
  }
  const added = workspace(world.workspaces.length + 1, body.name);
  world.begin(added, "start");
  world.workspaces.push(added);
  return created(added);
}

function createBuild({ world, parts, body }: Call): Reply {
  const target = world.workspaces.find((each) => each.id === parts[0]);
  return target ? created(world.begin(target, body.transition as WorkspaceTransition)) : missing;
}
