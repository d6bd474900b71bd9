import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { shell } from "./frame";

const settings = createRoute({
  getParentRoute: () => shell,
  path: "/settings",
  component: lazyRouteComponent(() => import("../pages/settings/SettingsLayout"), "SettingsLayout"),
});

const settingsIndex = createRoute({
  getParentRoute: () => settings,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/settings/account", replace: true });
  },
});

const account = createRoute({
  getParentRoute: () => settings,
  path: "/account",
  component: lazyRouteComponent(() => import("../pages/settings/AccountPage"), "AccountPage"),
});

const tokens = createRoute({
  getParentRoute: () => settings,
  path: "/tokens",
  component: lazyRouteComponent(() => import("../pages/settings/TokensPage"), "TokensPage"),
});

const appearance = createRoute({
  getParentRoute: () => settings,
  path: "/appearance",
  component: lazyRouteComponent(() => import("../pages/settings/AppearancePage"), "AppearancePage"),
});

const sshKey = createRoute({
  getParentRoute: () => settings,
  path: "/ssh-key",
  component: lazyRouteComponent(() => import("../pages/settings/SshKeyPage"), "SshKeyPage"),
});

const secrets = createRoute({
  getParentRoute: () => settings,
  path: "/secrets",
  component: lazyRouteComponent(() => import("../pages/settings/SecretsPage"), "SecretsPage"),
});

const quietHours = createRoute({
  getParentRoute: () => settings,
  path: "/schedule",
  component: lazyRouteComponent(() => import("../pages/settings/SchedulePage"), "SchedulePage"),
});

const notificationPreferences = createRoute({
  getParentRoute: () => settings,
  path: "/notifications",
  component: lazyRouteComponent(
    () => import("../pages/settings/NotificationPreferencesPage"),
    "NotificationPreferencesPage",
  ),
});

const externalAuth = createRoute({
  getParentRoute: () => settings,
  path: "/external-auth",
  component: lazyRouteComponent(() => import("../pages/settings/ExternalAuthPage"), "ExternalAuthPage"),
});

const rights = createRoute({
  getParentRoute: () => settings,
  path: "/rights",
  component: lazyRouteComponent(() => import("../pages/settings/RightsPage"), "RightsPage"),
});

const cliAuth = createRoute({
  getParentRoute: () => shell,
  path: "/cli-auth",
  component: lazyRouteComponent(() => import("../pages/cliAuth/CliAuthPage"), "CliAuthPage"),
});

const inbox = createRoute({
  getParentRoute: () => shell,
  path: "/notifications",
  component: lazyRouteComponent(() => import("../pages/inbox/InboxPage"), "InboxPage"),
});

/** Everybody's own affairs. */
export const accountRoutes = [
  settings.addChildren([
    settingsIndex,
    account,
    appearance,
    tokens,
    sshKey,
    secrets,
    quietHours,
    notificationPreferences,
    externalAuth,
    rights,
  ]),
  cliAuth,
  inbox,
] as const;
