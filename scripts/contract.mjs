// Compares an API document of ours with a reference (Swagger 2.0 or OpenAPI 3): operations, success statuses, fields of
// bodies and their types, query parameters. Prints what is missing, and at the end the two counts.
// Use: node scripts/contract.mjs OURS REFERENCE
import { readFileSync } from "node:fs";

const METHODS = ["get", "post", "put", "patch", "delete"];
const MAX_DEPTH = 8;

/** Families of the reference that are not part of this product. They are listed and counted apart. */
const EXCLUDED = [
  ["Chats", (tag) => tag === "Chats"],
  ["AI Gateway", (tag, path) => tag === "AI Gateway" || path.includes("/ai-gateway/")],
  ["AI Providers", (tag) => tag === "AI Providers"],
  ["AI budgets and spend", (_tag, path) => /\/ai\/(budget|spend)/.test(path)],
  ["Tasks", (tag, path) => tag === "Tasks" || path.includes("/tasks/")],
  ["agent-firewall", (_tag, path) => path.includes("/agent-firewall/")],
  ["template builder", (tag, path) => tag === "TemplateBuilder" || path.includes("/templatebuilder/")],
  ["instance identity", (_tag, path) => path.endsWith("-instance-identity")],
];

/** Where the reference's own server answers another status than its document says (operations.md, Appendix B). */
const REAL_STATUS = new Map([
  ["get /api/v2/applications/auth-redirect", "303"],
  ["post /api/v2/licenses/refresh-entitlements", "200"],
  ["post /api/v2/notifications/test", "204"],
  ["delete /api/v2/organizations/{}/members/roles/{}", "204"],
  ["post /api/v2/organizations/{}/members/{}/workspaces", "201"],
  ["post /api/v2/users/{}/workspaces", "201"],
  ["post /api/v2/organizations/{}/templates", "201"],
  ["post /api/v2/workspaceagents/me/log-source", "201"],
  ["post /api/v2/workspaces/{}/builds", "201"],
]);

/** Types of the reference that are described by their parts and cross the wire as texts. */
const TEXTS = ["uuid.NullUUID", "serpent.URL"];

const [oursPath, referencePath] = process.argv.slice(2);
if (!oursPath || !referencePath) {
  console.error("Use: make contract REFERENCE=path-of-an-API-document");
  process.exit(2);
}

const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const resolve = (api, schema) =>
  schema.$ref
    .slice(2)
    .split("/")
    .reduce((at, name) => at[decodeURIComponent(name).replaceAll("~1", "/").replaceAll("~0", "~")], api);

function typeOf(schema) {
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== "null") : schema.type;
  return type ?? (schema.properties ? "object" : schema.enum ? "string" : "any");
}

/** All fields of a schema by their paths, with their types. A type inside itself is not followed again. */
function fields(api, schema, path, into, inside = []) {
  if (!schema || inside.length > MAX_DEPTH) return;
  if (schema.$ref) {
    if (inside.includes(schema.$ref)) return;
    if (TEXTS.includes(schema.$ref.split("/").pop())) {
      into.set(path, "string");
      return;
    }
    fields(api, resolve(api, schema), path, into, [...inside, schema.$ref]);
    return;
  }
  const parts = schema.allOf ?? schema.anyOf?.filter((one) => one.type !== "null");
  if (parts) {
    for (const part of parts) fields(api, part, path, into, inside);
    return;
  }
  into.set(path, typeOf(schema));
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    fields(api, property, `${path}.${name}`, into, inside);
  }
  if (schema.items) fields(api, schema.items, `${path}[]`, into, inside);
  if (typeof schema.additionalProperties === "object") {
    fields(api, schema.additionalProperties, `${path}.*`, into, inside);
  }
}

const content = (holder) => holder?.schema ?? holder?.content?.["application/json"]?.schema;

function operation(api, path, method, found) {
  const parameters = found.parameters ?? [];
  const body = content(found.requestBody) ?? parameters.find((one) => one.in === "body")?.schema;
  const takes = new Map();
  if (body) fields(api, body, "", takes);
  const answers = new Map();
  for (const [status, answer] of Object.entries(found.responses)) {
    const fieldsOf = new Map();
    const schema = content(answer.$ref ? resolve(api, answer) : answer);
    if (schema && Number(status) < 400) fields(api, schema, "", fieldsOf);
    answers.set(status, fieldsOf);
  }
  const query = parameters.filter((one) => one.in === "query").map((one) => one.name);
  return { path, method, tag: found.tags?.[0] ?? "", takes, answers, query, socket: found["x-websocket"] };
}

function operations(api) {
  const all = new Map();
  const base = (api.basePath ?? "").replace(/\/$/, "");
  for (const [path, methods] of Object.entries(api.paths)) {
    for (const method of METHODS.filter((one) => methods[one])) {
      const whole = `${base}${path}`;
      const key = `${method} ${whole.replaceAll(/\{[^}]+\}/g, "{}")}`;
      all.set(key, operation(api, whole, method, methods[method]));
    }
  }
  return all;
}

const same = (theirs, mine) =>
  theirs === mine || theirs === "any" || mine === "any" || (theirs === "number" && mine === "integer");

const ours = operations(read(oursPath));
const reference = operations(read(referencePath));
const excluded = new Map();
const missing = [];
const planned = [];
const differences = [];
let wantedOperations = 0;
let presentOperations = 0;
let wantedFields = 0;
let presentFields = 0;

/** Counts the fields of one body of the reference, and says which ones ours lacks. */
function compare(name, place, theirs, mine) {
  for (const [field, type] of theirs) {
    if (field === "") continue;
    wantedFields += 1;
    const ownType = mine?.get(field) ?? openValue(mine, field);
    if (ownType === undefined) {
      if (mine) differences.push(`${name}: ${place} lacks ${field}`);
    } else if (!same(type, ownType)) {
      differences.push(`${name}: ${place} ${field} is ${ownType} and should be ${type}`);
    } else {
      presentFields += 1;
    }
  }
}

/** The type of a field inside something whose form ours leaves open. */
function openValue(mine, field) {
  for (let path = field; mine && path.length > 0; path = path.slice(0, Math.max(path.lastIndexOf("."), 0))) {
    if (mine.get(path) === "any") return "any";
  }
  return undefined;
}

for (const [key, theirs] of reference) {
  const family = EXCLUDED.find(([, isIn]) => isIn(theirs.tag, theirs.path));
  if (family) {
    excluded.set(family[0], [...(excluded.get(family[0]) ?? []), key]);
    continue;
  }
  wantedOperations += 1;
  const name = `${theirs.method.toUpperCase()} ${theirs.path}`;
  const mine = ours.get(key);
  const successes = mine ? [...mine.answers.keys()].filter((status) => Number(status) < 400) : [];
  if (mine && mine.answers.has("501")) {
    planned.push(name);
    continue;
  }
  if (mine) presentOperations += 1;
  else missing.push(name);
  const statuses = [...theirs.answers.keys()].filter((status) => Number(status) < 400);
  const statusOf = (status) => (statuses[0] === status && REAL_STATUS.get(key)) || status;
  compare(name, "the request", theirs.takes, mine && mine.takes);
  for (const status of statuses) {
    const real = statusOf(status);
    // The reference describes some of its WebSockets as answers.
    if (mine && !mine.answers.has(real) && !(mine.socket && real === "200")) {
      differences.push(`${name}: answers ${successes.join(", ")} and should answer ${real}`);
    }
    const own = mine && (mine.answers.get(real) ?? mine.answers.get(successes[0]));
    compare(name, `answer ${real}`, theirs.answers.get(status), own);
  }
  if (mine) {
    for (const parameter of theirs.query.filter((one) => !mine.query.includes(one))) {
      differences.push(`${name}: lacks the query parameter ${parameter}`);
    }
  }
}

const list = (title, lines) => {
  console.log(`\n${title} (${lines.length})`);
  for (const line of lines) console.log(`  ${line}`);
};
list("Missing operations", missing);
list("Planned: they answer 501 and say so", planned);
list("Differences", differences);
for (const [family, keys] of excluded) console.log(`\nNot part of this product: ${family} (${keys.length})`);
const left = [...excluded.values()].reduce((sum, keys) => sum + keys.length, 0);
console.log(`\n${left} operations left out, ${planned.length} planned.`);
console.log(
  `${presentOperations} of ${wantedOperations} operations, ${presentFields} of ${wantedFields} fields`,
);
