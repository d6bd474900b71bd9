/**
 * The one-time token of the link that the server printed. It travels in the address's fragment, which browsers
 * do not send, so it is in no proxy's log; the form sends it as a header.
 */
export function setupTokenOf(fragment: string): string {
  const token = new URLSearchParams(fragment.replace(/^#/, "")).get("token") ?? "";
  return /^[\w.~-]{1,512}$/.test(token) ? token : "";
}
