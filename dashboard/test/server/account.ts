import type { UserSecret } from "@/api/types";
import { ago, id } from "./fixtures";
import { type Call, created, done, missing, ok, type Reply, type Route, refused } from "./replies";

/** Everybody's own affairs: key, secrets, appearance, quiet hours, notifications, linked accounts. */
export const accountRoutes: Route[] = [
  ["GET /users/me/gitsshkey", ({ world }) => ok(world.account.sshKey)],
  ["PUT /users/me/gitsshkey", regenerate],
  ["GET /users/me/appearance", ({ world }) => ok(world.account.appearance)],
  ["PUT /users/me/appearance", ({ world, body }) => ok(Object.assign(world.account.appearance, body))],
  ["GET /users/me/quiet-hours", ({ world }) => ok(world.account.quietHours)],
  [
    "PUT /users/me/quiet-hours",
    ({ world, body }) =>
      ok(Object.assign(world.account.quietHours, { raw_schedule: body.schedule, user_set: true })),
  ],
  ["GET /users/me/secrets", ({ world }) => ok(world.account.secrets)],
  ["POST /users/me/secrets", createSecret],
  ["PATCH /users/me/secrets/*", updateSecret],
  ["DELETE /users/me/secrets/*", deleteSecret],
  ["GET /users/me/notifications/preferences", ({ world }) => ok(world.account.preferences)],
  ["PUT /users/me/notifications/preferences", setPreferences],
  ["GET /external-auth", ({ world }) => ok(world.account.externalAuth)],
  ["DELETE /external-auth/*", unlink],
  [
    "GET /auth/scopes",
    () => ok({ external: ["coder:all", "template:read", "workspace:read", "workspace:ssh"] }),
  ],
  ["GET /users/me/keys/tokens/tokenconfig", () => ok({ max_token_lifetime: 100 * 86_400 * 1e9 })],
  ["GET /notifications/templates/system", ({ world }) => ok(world.inbox.templates)],
  [
    "GET /notifications/dispatch-methods",
    () => ok({ available: ["smtp", "webhook", "inbox"], default: "smtp" }),
  ],
  ["PUT /notifications/templates/*/method", setMethod],
  ["GET /notifications/settings", ({ world }) => ok(world.inbox.settings)],
  ["PUT /notifications/settings", ({ world, body }) => ok(Object.assign(world.inbox.settings, body))],
  ["POST /notifications/test", () => ok({})],
  ["GET /notifications/inbox", listInbox],
  ["PUT /notifications/inbox/mark-all-as-read", markAll],
  ["PUT /notifications/inbox/*/read-status", setRead],
];

function regenerate({ world }: Call): Reply {
  world.account.sshKey.public_key = "ssh-ed25519 AAAAC3NewKeyNewKeyNewKey alice\n";
  return ok(world.account.sshKey);
}

function createSecret({ world, body }: Call): Reply {
  if (world.account.secrets.some(({ name }) => name === body.name)) {
    return refused(409, "Secret already exists.", {
      validations: [{ field: "name", detail: "This name is taken." }],
    });
  }
  const { value, ...facts } = body as UserSecret & { value: string };
  world.account.values.set(facts.name, value);
  const added = { ...facts, id: id(9, world.account.secrets.length), created_at: ago(0), updated_at: ago(0) };
  world.account.secrets.push(added);
  return created(added);
}

function updateSecret({ world, parts, body }: Call): Reply {
  const target = world.account.secrets.find(({ name }) => name === parts[0]);
  if (target === undefined) return missing;
  const { value, ...facts } = body;
  if (value !== undefined) world.account.values.set(target.name, value);
  return ok(Object.assign(target, facts));
}

function deleteSecret({ world, parts }: Call): Reply {
  world.account.secrets = world.account.secrets.filter(({ name }) => name !== parts[0]);
  return done;
}

function setPreferences({ world, body }: Call): Reply {
  for (const [template, disabled] of Object.entries(body.template_disabled_map as Record<string, boolean>)) {
    const others = world.account.preferences.filter((each) => each.id !== template);
    world.account.preferences = [...others, { id: template, disabled, updated_at: ago(0) }];
  }
  return ok(world.account.preferences);
}

function unlink({ world, parts }: Call): Reply {
  const { externalAuth } = world.account;
  externalAuth.links = (externalAuth.links ?? []).filter(({ provider_id }) => provider_id !== parts[0]);
  return ok({ token_revoked: true });
}

function setMethod({ world, parts, body }: Call): Reply {
  const target = world.inbox.templates.find((each) => each.id === parts[0]);
  if (target === undefined) return missing;
  target.method = body.method || null;
  return ok({});
}

const AT_ONCE = 25;

function listInbox({ world, query }: Call): Reply {
  const all = world.inbox.notifications;
  const wanted = query.get("read_status") === "unread" ? all.filter(({ read_at }) => read_at === null) : all;
  const from = wanted.findIndex((each) => each.id === query.get("starting_before")) + 1;
  return ok({ notifications: wanted.slice(from, from + AT_ONCE), unread_count: world.inbox.unread() });
}

function markAll({ world }: Call): Reply {
  for (const each of world.inbox.notifications) each.read_at = ago(0);
  return done;
}

function setRead({ world, parts, body }: Call): Reply {
  const target = world.inbox.notifications.find((each) => each.id === parts[0]);
  if (target === undefined) return missing;
  target.read_at = body.is_read ? ago(0) : null;
  return ok({ notification: target, unread_count: world.inbox.unread() });
}
