"use strict";

const METHODS = ["get", "post", "put", "patch", "delete"];
const MAX_DEPTH = 6;

/** An element with text or children; nothing of the document is ever read as markup. */
function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    made[key] = value;
  }
  made.append(...children);
  return made;
}

function named(api, schema) {
  return schema.$ref ? api.components.schemas[schema.$ref.split("/").pop()] : schema;
}

function typeName(schema) {
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.anyOf) return schema.anyOf.map(typeName).join(" or ");
  if (schema.type === "array") return `list of ${typeName(schema.items)}`;
  if (schema.additionalProperties) return `map of ${typeName(schema.additionalProperties)}`;
  const type = Array.isArray(schema.type) ? schema.type.join(" or ") : (schema.type ?? "any value");
  return schema.format ? `${type} (${schema.format})` : type;
}

/** The fields of a schema, those inside indented below their owner; a type inside itself is named and not repeated. */
function fields(api, schema, prefix, seen, rows) {
  const inner = schema.items ?? schema.additionalProperties ?? schema.anyOf?.find((one) => one.type !== "null");
  if (inner && !schema.properties) {
    fields(api, inner, `${prefix}${schema.items ? "[]" : schema.additionalProperties ? ".*" : ""}`, seen, rows);
    return;
  }
  const reference = schema.$ref;
  if (reference && (seen.includes(reference) || seen.length >= MAX_DEPTH)) return;
  const whole = named(api, schema);
  for (const [name, property] of Object.entries(whole?.properties ?? {})) {
    const path = prefix ? `${prefix}.${name}` : name;
    const always = whole.required?.includes(name) ? "" : "may be absent";
    const values = named(api, property)?.enum?.join(", ") ?? "";
    rows.push([path, typeName(property), [always, values].filter(Boolean).join("; ")]);
    fields(api, property, path, reference ? [...seen, reference] : seen, rows);
  }
}

function table(rows) {
  const body = element("tbody");
  for (const [name, type, note] of rows) {
    body.append(
      element(
        "tr",
        {},
        element("td", {}, element("code", { textContent: name })),
        element("td", { textContent: type }),
        element("td", { textContent: note, className: "soft" }),
      ),
    );
  }
  return element("table", {}, body);
}

function content(api, holder, title) {
  const parts = [element("h3", { textContent: title })];
  for (const [mediaType, { schema }] of Object.entries(holder.content ?? {})) {
    parts.push(element("p", { textContent: `${mediaType}: ${typeName(schema)}`, className: "soft" }));
    const rows = [];
    fields(api, schema, "", [], rows);
    if (rows.length > 0) parts.push(table(rows));
  }
  return parts;
}

function describe(api, operation) {
  const body = element("div", { className: "body" });
  if (operation.description) body.append(element("p", { textContent: operation.description }));
  body.append(element("p", { className: "soft", textContent: `Right: ${operation["x-cloister-access"]}` }));
  if (operation.parameters?.length) {
    const rows = operation.parameters.map((one) => [one.name, typeName(one.schema), `${one.in}; ${one.description ?? ""}`]);
    body.append(element("h3", { textContent: "Parameters" }), table(rows));
  }
  if (operation.requestBody) body.append(...content(api, operation.requestBody, "Takes"));
  for (const [status, answer] of Object.entries(operation.responses)) {
    const whole = answer.$ref ? api.components.responses[answer.$ref.split("/").pop()] : answer;
    if (answer.$ref) {
      body.append(element("p", { className: "soft", textContent: `${status}: ${whole.description} (ApiError)` }));
    } else {
      body.append(...content(api, whole, `${status}: ${whole.description}`));
    }
  }
  return body;
}

function card(api, path, method, operation) {
  const details = element("details", { id: operation.operationId });
  const socket = operation["x-websocket"] ? " WebSocket" : "";
  details.append(
    element(
      "summary",
      {},
      element("span", { className: `method ${method}`, textContent: method.toUpperCase() }),
      element("code", { textContent: path }),
      element("span", { className: "what", textContent: operation.summary + socket }),
    ),
  );
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(describe(api, operation));
  });
  return details;
}

/** What a search looks at: path, name, right, and the names of all fields. */
function words(api, path, method, operation) {
  const rows = [];
  const holders = [operation.requestBody, ...Object.values(operation.responses)].filter(Boolean);
  for (const holder of holders) {
    for (const { schema } of Object.values(holder.content ?? {})) fields(api, schema, "", [], rows);
  }
  const names = rows.map(([name]) => name).join(" ");
  return `${method} ${path} ${operation.summary} ${operation["x-cloister-access"]} ${names}`.toLowerCase();
}

function show(api) {
  document.getElementById("version").textContent = api.info.version;
  document.getElementById("about").textContent = api.info.description;
  const main = document.getElementById("operations");
  const groups = document.getElementById("groups");
  const state = document.getElementById("state");
  const entries = [];
  for (const { name } of api.tags) {
    const section = element("section", { id: `group-${name}` }, element("h2", { textContent: name }));
    const count = element("span");
    const link = element("a", { href: `#group-${encodeURIComponent(name)}` }, name, count);
    const cards = [];
    for (const [path, methods] of Object.entries(api.paths)) {
      for (const method of METHODS) {
        const operation = methods[method];
        if (!operation?.tags.includes(name)) continue;
        const made = card(api, path, method, operation);
        section.append(made);
        cards.push({ made, text: words(api, path, method, operation) });
      }
    }
    main.append(section);
    groups.append(link);
    entries.push({ section, link, count, cards });
  }
  const search = document.getElementById("search");
  const filter = () => {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let total = 0;
    for (const { section, link, count, cards } of entries) {
      let shown = 0;
      for (const { made, text } of cards) {
        made.hidden = !wanted.every((word) => text.includes(word));
        if (!made.hidden) shown += 1;
      }
      section.hidden = shown === 0;
      link.hidden = shown === 0;
      count.textContent = String(shown);
      total += shown;
    }
    state.textContent = total === 0 ? "Nothing matches." : `${total} operations`;
  };
  search.addEventListener("input", filter);
  filter();
  const chosen = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (chosen) {
    if (chosen instanceof HTMLDetailsElement) chosen.open = true;
    chosen.scrollIntoView();
  }
}

fetch("/api/v2/openapi.json")
  .then((answer) => {
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    return answer.json();
  })
  .then(show)
  .catch((failure) => {
    document.getElementById("state").textContent = `The document could not be read: ${failure.message}`;
  });
