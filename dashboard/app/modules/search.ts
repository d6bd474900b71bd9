/** Builds the API's search text, `key:value key:"two words"`, of the parts that have a value. */
export function searchText(parts: Record<string, string | undefined>): string {
  return Object.entries(parts)
    .filter((part): part is [string, string] => part[1] !== undefined && part[1] !== "")
    .map(([key, value]) => `${key}:${quoted(value)}`)
    .join(" ");
}

/** The search language has no escape for its quotation mark, so the mark is left out. */
function quoted(value: string): string {
  const plain = value.replaceAll('"', "");
  return /^[\w@.+-]+$/.test(plain) ? plain : `"${plain}"`;
}

/** A page number from the address bar. */
export function pageNumber(value: unknown): number | undefined {
  const number = Number(value);
  return Number.isInteger(number) && number > 1 && number < 100_000 ? number : undefined;
}

/** A short text from the address bar. */
export function shortText(value: unknown): string | undefined {
  const text = typeof value === "number" || typeof value === "boolean" ? String(value) : value;
  return typeof text === "string" && text !== "" && text.length <= 200 ? text : undefined;
}
