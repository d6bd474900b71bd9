import type { AssignableRole, Group, OrganizationMember, User } from "@/api/types";
import { ago, builtInRole, group, id, organization, user } from "./fixtures";
import {
  type Call,
  created,
  done,
  found,
  missing,
  ok,
  page,
  type Reply,
  type Route,
  refused,
} from "./replies";
import type { World } from "./world";

/** Users, organizations, groups, roles and sinks. */
export const administrationRoutes: Route[] = [
  ["GET /audit/sinks", ({ world }) => ok(world.sinks)],
  ["PATCH /audit/sinks/*", updateSink],
  ["POST /audit/sinks/*/test", () => ok({ delivered: false, error: "the receiver answered 401" })],
  ["DELETE /audit/sinks/*", deleteSink],
  ["GET /users", listUsers],
  ["POST /users", createUser],
  ["GET /users/roles", ({ world }) => ok(world.siteRoles)],
  ["POST /users/roles", ({ world, body }) => saveRole(world.siteRoles, body)],
  ["PUT /users/roles", ({ world, body }) => saveRole(world.siteRoles, body)],
  ["DELETE /users/roles/*", ({ world, parts }) => removeRole(world.siteRoles, parts[0])],
  ["GET /users/*", ({ world, parts }) => found(findUser(world, parts[0]))],
  ["DELETE /users/*", deleteUser],
  ["PUT /users/*/roles", setSiteRoles],
  ["PUT /users/*/password", () => done],
  [
    "POST /users/*/one-time-passcode",
    ({ world }) => created({ one_time_passcode: world.oneTimeCode, expires_at: ago(-20) }),
  ],
  ["GET /users/*/effective-permissions", explain],
  ["GET /users/*/organizations", ({ world }) => ok(world.organizations)],
  ["GET /organizations", ({ world }) => ok(world.organizations)],
  ["POST /organizations", createOrganization],
  ["GET /organizations/*", ({ world, parts }) => found(findOrganization(world, parts[0]))],
  ["PATCH /organizations/*", updateOrganization],
  ["DELETE /organizations/*", deleteOrganization],
  ["GET /organizations/*/paginated-members", listMembers],
  ["POST /organizations/*/members/roles", ({ world, body }) => saveRole(world.organizationRoles, body)],
  ["POST /organizations/*/members/*", addMember],
  ["DELETE /organizations/*/members/*", removeMember],
  ["PUT /organizations/*/members/*/roles", setMemberRoles],
  ["GET /organizations/*/members/*/workspace-quota", () => ok({ credits_consumed: 30, budget: 100 })],
  ["GET /organizations/*/members/roles", ({ world }) => ok(world.organizationRoles)],
  ["PUT /organizations/*/members/roles", ({ world, body }) => saveRole(world.organizationRoles, body)],
  [
    "DELETE /organizations/*/members/roles/*",
    ({ world, parts }) => removeRole(world.organizationRoles, parts[1]),
  ],
  ["GET /organizations/*/groups", ({ world }) => ok(world.groups)],
  ["POST /organizations/*/groups", createGroup],
  [
    "GET /organizations/*/groups/*",
    ({ world, parts }) => found(world.groups.find((g) => g.name === parts[1])),
  ],
  ["GET /groups/*/members", listGroupMembers],
  ["PATCH /groups/*", updateGroup],
  ["DELETE /groups/*", deleteGroup],
];

function findUser(world: World, name: string | undefined): User | undefined {
  const wanted = name === "me" ? world.signedIn : name;
  return world.users.find((each) => each.username === wanted || each.id === wanted);
}

function listUsers({ world, query }: Call): Reply {
  const terms = (query.get("q") ?? "").split(" ").filter(Boolean);
  const list = world.users.filter((each) =>
    terms.every((term) => {
      if (term.startsWith("status:")) return term === `status:${each.status}`;
      if (term.startsWith("login_type:")) return term === `login_type:${each.login_type}`;
      return `${each.username} ${each.email}`.includes(term);
    }),
  );
  return ok({ users: page(list, query), count: list.length });
}

function createUser({ world, body }: Call): Reply {
  if (world.users.some((each) => each.username === body.username)) {
    return refused(409, "User already exists.", {
      validations: [{ field: "username", detail: "This name is taken." }],
    });
  }
  const added = user(world.users.length + 1, body.username, {
    email: body.email,
    name: body.name,
    login_type: body.login_type,
    is_service_account: body.service_account === true,
  });
  world.users.push(added);
  return created(added);
}

function deleteUser({ world, parts }: Call): Reply {
  world.users = world.users.filter((each) => each.id !== parts[0]);
  return ok({ message: "User has been deleted!" });
}

const slim = (roles: AssignableRole[], names: string[]) =>
  names.map((name) => ({
    name,
    display_name: roles.find((role) => role.name === name)?.display_name ?? name,
  }));

function setSiteRoles({ world, parts, body }: Call): Reply {
  const target = findUser(world, parts[0]);
  if (target === undefined) return missing;
  target.roles = slim(world.siteRoles, body.roles);
  return ok(target);
}

function explain({ world, parts, query }: Call): Reply {
  const target = findUser(world, parts[0]);
  if (target === undefined) return missing;
  const resource_type = query.get("resource_type") ?? "workspace";
  const organization_id = world.organizations[0]?.id;
  return ok({
    username: target.username,
    active: target.status !== "suspended",
    permissions: [
      {
        level: "organization_member",
        organization_id,
        resource_type,
        allowed: ["read", "start", "stop"],
        sources: [
          {
            kind: "built_in_role",
            name: "organization-workspace-access",
            organization_id,
            implicit: true,
            allows: ["read", "start", "stop", "ssh"],
            denies: [],
          },
          {
            kind: "custom_role",
            name: "no-shell",
            organization_id,
            implicit: false,
            allows: [],
            denies: ["ssh"],
          },
        ],
      },
    ],
    grants: [
      {
        resource_type: "template",
        resource_id: id(2, 1),
        resource_name: "java",
        organization_id,
        actions: ["read", "use"],
        via: "group",
        group_name: "platform",
      },
    ],
  });
}

function findOrganization(world: World, name: string | undefined) {
  return world.organizations.find((each) => each.name === name || each.id === name);
}

function createOrganization({ world, body }: Call): Reply {
  if (findOrganization(world, body.name) !== undefined) {
    return refused(409, "Organization already exists with that name.", {
      validations: [{ field: "name", detail: "This value is already in use and should be unique." }],
    });
  }
  const added = organization(world.organizations.length + 1, body.name, body);
  world.organizations.push(added);
  return created(added);
}

function updateOrganization({ world, parts, body }: Call): Reply {
  const target = findOrganization(world, parts[0]);
  return target === undefined ? missing : ok(Object.assign(target, body));
}

function deleteOrganization({ world, parts }: Call): Reply {
  world.organizations = world.organizations.filter((each) => each.id !== parts[0]);
  return ok({ message: "Organization has been deleted." });
}

function memberOf(world: World, person: User): OrganizationMember {
  return {
    user_id: person.id,
    organization_id: world.organizations[0]?.id ?? "",
    username: person.username,
    name: person.name,
    email: person.email,
    roles: world.memberRoles.get(person.id) ?? [],
    global_roles: person.roles,
    created_at: person.created_at,
  };
}

function listMembers({ world, query }: Call): Reply {
  const text = query.get("q") ?? "";
  const list = world.users.filter((each) => world.members.has(each.id) && each.username.includes(text));
  return ok({ members: page(list, query).map((each) => memberOf(world, each)), count: list.length });
}

function addMember({ world, parts }: Call): Reply {
  const person = findUser(world, parts[1]);
  if (person === undefined) return missing;
  world.members.add(person.id);
  return ok(memberOf(world, person));
}

function removeMember({ world, parts }: Call): Reply {
  world.members.delete(parts[1] ?? "");
  return done;
}

function setMemberRoles({ world, parts, body }: Call): Reply {
  world.memberRoles.set(parts[1] ?? "", slim(world.organizationRoles, body.roles));
  return ok({});
}

function saveRole(roles: AssignableRole[], body: AssignableRole): Reply {
  const saved = { ...builtInRole(body.name, body.display_name), ...body, built_in: false };
  const at = roles.findIndex((role) => role.name === body.name);
  if (at >= 0) roles[at] = saved;
  else roles.push(saved);
  return ok([saved]);
}

function removeRole(roles: AssignableRole[], name: string | undefined): Reply {
  const at = roles.findIndex((role) => role.name === name);
  if (at < 0) return missing;
  roles.splice(at, 1);
  return ok([]);
}

function createGroup({ world, body }: Call): Reply {
  const added = group(world.groups.length + 1, body.name, body);
  world.groups.push(added);
  return created(added);
}

function people(world: World, target: Group): User[] {
  const ids = world.groupMembers.get(target.id) ?? new Set();
  return world.users.filter((each) => ids.has(each.id));
}

function listGroupMembers({ world, parts, query }: Call): Reply {
  const target = world.groups.find((each) => each.id === parts[0]);
  if (target === undefined) return missing;
  const list = people(world, target);
  return ok({ users: page(list, query), count: list.length });
}

function updateGroup({ world, parts, body }: Call): Reply {
  const target = world.groups.find((each) => each.id === parts[0]);
  if (target === undefined) return missing;
  const { add_users, remove_users, ...facts } = body;
  const ids = world.groupMembers.get(target.id) ?? new Set<string>();
  for (const added of add_users) ids.add(added);
  for (const removed of remove_users) ids.delete(removed);
  world.groupMembers.set(target.id, ids);
  return ok(Object.assign(target, facts, { total_member_count: ids.size }));
}

function deleteGroup({ world, parts }: Call): Reply {
  world.groups = world.groups.filter((each) => each.id !== parts[0]);
  return ok({ id: id(0, 0) });
}

function updateSink({ world, parts, body }: Call): Reply {
  const sink = world.sinks.find((each) => each.id === parts[0]);
  if (sink === undefined) return missing;
  sink.enabled = body.enabled === true;
  sink.state = sink.enabled ? "ok" : "paused";
  return ok(sink);
}

function deleteSink({ world, parts }: Call): Reply {
  world.sinks = world.sinks.filter((each) => each.id !== parts[0]);
  return done;
}
