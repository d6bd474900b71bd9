import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, Outlet, redirect } from "@tanstack/react-router";
import { hasStatus } from "../api/errors";
import { meQuery } from "../api/session";
import { Shell } from "../ui/shell/Shell";

interface Context {
  queryClient: QueryClient;
}

export const root = createRootRouteWithContext<Context>()({ component: Outlet });

/** Everything below it belongs to somebody who is signed in. */
export const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  component: Outlet,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(meQuery);
    } catch (error) {
      if (!hasStatus(error, 401)) throw error;
      throw redirect({ to: "/login", search: { redirect: location.href }, replace: true });
    }
  },
});

export const shell = createRoute({ getParentRoute: () => signedIn, id: "shell", component: Shell });
