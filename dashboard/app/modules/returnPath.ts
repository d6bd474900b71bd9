/** Where people land without a wish of their own. */
export const HOME = "/workspaces";

const LONGEST = 2_000;

/**
 * The page to return to after signing in, from a query parameter that anybody can write. Only a path of our
 * own origin passes: `//host`, `/\host`, other schemes and control characters (which browsers drop while
 * parsing, turning `/<tab>/host` into `//host`) lead home instead.
 */
export function safeReturnPath(wish: string | undefined, origin: string): string {
  if (wish === undefined || wish.length > LONGEST) return HOME;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to refuse
  if (!/^\/(?![/\\])/.test(wish) || /[\u0000-\u001f\u007f\\]/.test(wish)) return HOME;
  let address: URL;
  try {
    address = new URL(wish, origin);
  } catch {
    return HOME;
  }
  const path = address.pathname;
  if (address.origin !== origin || path.startsWith("//")) return HOME;
  if (path === "/" || path === "/login" || path === "/setup") return HOME;
  return `${path}${address.search}${address.hash}`;
}

/** Whether the server, not this dashboard, answers at the path: it must then be loaded, not routed to. */
export function isServerPath(path: string): boolean {
  return /^\/(api|oauth2|\.well-known)\//.test(path) || /^\/@[^/]+\/[^/]+\/apps\//.test(path);
}
