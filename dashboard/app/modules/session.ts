import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { logout, meQuery } from "@/api/session";
import type { User } from "@/api/types";

/** Who is signed in. Below the signed-in route it is always known. */
export function useMe(): User {
  return useSuspenseQuery(meQuery).data;
}

/** Ends the session and forgets everything that was read in it. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    try {
      await logout();
    } finally {
      await navigate({ to: "/login" });
      client.clear();
    }
  };
}
