// Prints the statements between two marks in PostgreSQL's log as a script for pgbench, with their parameters in place:
// node logged-statements.mjs DIRECTORY
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

function logs(directory) {
  return readdirSync(directory, { recursive: true })
    .filter((name) => name.endsWith(".log"))
    .map((name) => readFileSync(join(directory, name), "utf8"));
}

const log = logs(process.argv[2]).find((text) => text.includes("bench-begins")) ?? "";
const part = log.slice(log.lastIndexOf("bench-begins"), log.lastIndexOf("bench-ends"));
const entries = part.split(/\n(?=\S)/).map((entry) => entry.replace(/\n\t/g, " "));
for (let i = 0; i < entries.length; i++) {
  const statement = /execute [^:]*: (SELECT .*)$/s.exec(entries[i]);
  if (!statement) continue;
  let sql = statement[1].replace(/\s+/g, " ").trim();
  const detail = /(?:Parameters|parameters): (.*)$/s.exec(entries[i + 1] ?? "");
  const values = new Map();
  for (const found of (detail?.[1] ?? "").matchAll(/\$(\d+) = (NULL|'(?:[^']|'')*')/g)) {
    values.set(found[1], found[2]);
  }
  sql = sql.replace(/\$(\d+)/g, (whole, number) => values.get(number) ?? whole);
  // A colon before a letter is a variable to pgbench; casts have two.
  console.log(`${sql};`);
}
