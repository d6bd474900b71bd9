import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { HOME } from "../modules/returnPath";
import { root } from "./frame";

const index = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: HOME, replace: true });
  },
});

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(() => import("../pages/setup/SetupPage"), "SetupPage"),
});

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: (search: Record<string, unknown>): { redirect?: string } => ({
    redirect: typeof search.redirect === "string" ? search.redirect : undefined,
  }),
  component: lazyRouteComponent(() => import("../pages/login/LoginPage"), "LoginPage"),
});

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: "/reset-password",
  component: lazyRouteComponent(
    () => import("../pages/resetPassword/ResetPasswordPage"),
    "ResetPasswordPage",
  ),
});

/** The pages of somebody who is not signed in. */
export const entryRoutes = [index, setup, login, resetPassword] as const;
