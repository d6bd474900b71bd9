import type { AccessRole, Template, TemplateVersion, Workspace } from "@/api/types";
import { type Call, done, missing, ok, page, type Reply, type Route, refused } from "./replies";
import type { World } from "./world";

/** Settings of templates, of workspaces and of the deployment. */
export const settingsRoutes: Route[] = [
  ["PATCH /templates/*", ({ world, parts, body }) => changed(template(world, parts[0]), body)],
  ["DELETE /templates/*", deleteTemplate],
  ["GET /templates/*/versions", listVersions],
  ["PATCH /templates/*/versions", promote],
  ["POST /templates/*/versions/archive", archiveUnused],
  ["POST /templateversions/*/archive", ({ world, parts }) => archive(world, parts[0], true)],
  ["POST /templateversions/*/unarchive", ({ world, parts }) => archive(world, parts[0], false)],
  ["GET /templateversions/*/variables", ({ world }) => ok(world.variables)],
  ["GET /templates/*/acl", ({ world }) => ok(world.acl(world.templateAccess))],
  [
    "PATCH /templates/*/acl",
    ({ world, body }) => grant(world.templateAccess, body.user_perms, body.group_perms),
  ],
  [
    "GET /templates/*/acl/available",
    ({ world, query }) => ok({ users: named(world.users, query.get("q")), groups: world.groups }),
  ],
  ["GET /workspacebuilds/*/parameters", ({ world }) => ok(world.buildParameters)],
  ["PATCH /workspaces/*", rename],
  [
    "PUT /workspaces/*/autostart",
    ({ world, parts, body }) => set(world, parts[0], { autostart_schedule: body.schedule }),
  ],
  ["PUT /workspaces/*/ttl", ({ world, parts, body }) => set(world, parts[0], { ttl_ms: body.ttl_ms })],
  ["PUT /workspaces/*/autoupdates", ({ world, parts, body }) => set(world, parts[0], body)],
  ["PUT /workspaces/*/dormant", setDormant],
  ["GET /workspaces/*/acl", ({ world }) => ok(world.acl(world.workspaceAccess))],
  [
    "PATCH /workspaces/*/acl",
    ({ world, body }) => grant(world.workspaceAccess, body.user_roles, body.group_roles),
  ],
  ["GET /workspaces/*/port-share", ({ world }) => ok({ shares: world.portShares })],
  ["POST /workspaces/*/port-share", sharePort],
  ["DELETE /workspaces/*/port-share", unsharePort],
  ["GET /appearance", ({ world }) => ok(world.deployment.appearance)],
  ["PUT /appearance", ({ world, body }) => changed(world.deployment.appearance, body)],
  ["GET /deployment/config", ({ world }) => ok({ config: {}, options: world.deployment.options })],
  ["GET /debug/health", ({ world }) => ok(world.deployment.health())],
  ["GET /debug/health/settings", ({ world }) => ok({ dismissed_healthchecks: world.deployment.dismissed })],
  ["PUT /debug/health/settings", dismiss],
];

function changed(target: object | undefined, body: object): Reply {
  return target === undefined ? missing : ok(Object.assign(target, body));
}

const template = (world: World, id: string | undefined): Template | undefined =>
  world.templates.find((each) => each.id === id);

function named<T extends { username: string }>(users: T[], text: string | null): T[] {
  return users.filter(({ username }) => username.includes(text ?? ""));
}

function deleteTemplate({ world, parts }: Call): Reply {
  world.templates = world.templates.filter((each) => each.id !== parts[0]);
  return ok({ message: "Template has been deleted!" });
}

function listVersions({ world, query }: Call): Reply {
  const archivedToo = query.get("include_archived") === "true";
  return ok(
    page(
      world.versions.filter((each) => archivedToo || !each.archived),
      query,
    ),
  );
}

function promote({ world, parts, body }: Call): Reply {
  const target = template(world, parts[0]);
  if (target === undefined) return missing;
  target.active_version_id = body.id;
  return ok({ message: "Updated the active template version!" });
}

function archiveUnused({ world, parts }: Call): Reply {
  const active = template(world, parts[0])?.active_version_id;
  const put = world.versions.filter((each) => each.id !== active);
  for (const each of put) each.archived = true;
  return ok({ template_id: parts[0], archived_ids: put.map(({ id }) => id) });
}

function archive(world: World, id: string | undefined, archived: boolean): Reply {
  return changed(
    world.versions.find((each) => each.id === id),
    { archived } satisfies Partial<TemplateVersion>,
  );
}

type Roles = Record<string, AccessRole>;

function grant(access: Map<string, AccessRole>, users: Roles, groups: Roles): Reply {
  for (const [id, role] of Object.entries({ ...users, ...groups })) {
    if (role === "") access.delete(id);
    else access.set(id, role);
  }
  return ok({ message: "Successfully updated ACL" });
}

const workspace = (world: World, id: string | undefined): Workspace | undefined =>
  world.workspaces.find((each) => each.id === id);

function set(world: World, id: string | undefined, facts: Partial<Workspace>): Reply {
  const target = workspace(world, id);
  if (target === undefined) return missing;
  Object.assign(target, facts);
  return done;
}

function rename({ world, parts, body }: Call): Reply {
  if (world.workspaces.some((each) => each.name === body.name && each.id !== parts[0])) {
    return refused(409, `Workspace "${body.name}" already exists.`, {
      validations: [{ field: "name", detail: "This value is already in use and should be unique." }],
    });
  }
  return set(world, parts[0], { name: body.name });
}

function setDormant({ world, parts, body }: Call): Reply {
  return changed(workspace(world, parts[0]), {
    dormant_at: body.dormant ? new Date().toISOString() : null,
  });
}

function sharePort({ world, parts, body }: Call): Reply {
  const share = { ...body, workspace_id: parts[0] };
  world.portShares = [...world.portShares.filter(({ port }) => port !== body.port), share];
  return ok(share);
}

function unsharePort({ world, body }: Call): Reply {
  world.portShares = world.portShares.filter(({ port }) => port !== body.port);
  return ok({});
}

function dismiss({ world, body }: Call): Reply {
  world.deployment.dismissed = body.dismissed_healthchecks;
  return ok(body);
}
