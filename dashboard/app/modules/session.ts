import { useSuspenseQuery } from "@tanstack/react-query";
import { logout, meQuery } from "@/api/session";
import type { User } from "@/api/types";

/** Who is signed in. Below the signed-in route it is always known. */
export function useMe(): User {
  return useSuspenseQuery(meQuery).data;
}

let leaving = false;

/**
 * Leads to the login page by loading it anew, so that nothing that was read in the session stays in memory.
 * With `back`, the page returns here afterwards.
 * Once: a second wish, of another call that was refused, would only start the loading over.
 */
export function leaveForLogin(back: boolean): void {
  if (leaving) return;
  leaving = true;
  const { pathname, search, hash } = window.location;
  const query = back ? `?redirect=${encodeURIComponent(pathname + search + hash)}` : "";
  window.location.replace(`/login${query}`);
}

export async function signOut(): Promise<void> {
  await logout();
  leaveForLogin(false);
}
