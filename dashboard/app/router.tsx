import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { hasStatus } from "./api/errors";
import { meQuery } from "./api/session";
import { HOME } from "./modules/returnPath";
import { pageNumber, shortText } from "./modules/search";
import { isUuid } from "./modules/uuid";
import { CrashPage } from "./pages/errors/CrashPage";
import { MissingPage } from "./pages/errors/MissingPage";
import { Loading } from "./ui/States";
import { Shell } from "./ui/shell/Shell";

interface Context {
  queryClient: QueryClient;
}

/** Conditions on a list of records, as they stand in the address. */
type RecordSearch<Keys extends string> = { [Key in Keys | "from" | "to"]?: string } & { page?: number };

const root = createRootRouteWithContext<Context>()({ component: Outlet });

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
  component: lazyRouteComponent(() => import("./pages/setup/SetupPage"), "SetupPage"),
});

export const loginRoute = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: (search: Record<string, unknown>): { redirect?: string } => ({
    redirect: typeof search.redirect === "string" ? search.redirect : undefined,
  }),
  component: lazyRouteComponent(() => import("./pages/login/LoginPage"), "LoginPage"),
});

/** Everything below it belongs to somebody who is signed in. */
const signedIn = createRoute({
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

const shell = createRoute({ getParentRoute: () => signedIn, id: "shell", component: Shell });

export const workspacesRoute = createRoute({
  getParentRoute: () => shell,
  path: "/workspaces",
  validateSearch: (search: Record<string, unknown>): { q?: string; page?: number; all?: true } => ({
    q: shortText(search.q),
    page: pageNumber(search.page),
    all: search.all === true ? true : undefined,
  }),
  component: lazyRouteComponent(() => import("./pages/workspaces/WorkspacesPage"), "WorkspacesPage"),
});

const templates = createRoute({
  getParentRoute: () => shell,
  path: "/templates",
  component: lazyRouteComponent(() => import("./pages/templates/TemplatesPage"), "TemplatesPage"),
});

export const templateRoute = createRoute({
  getParentRoute: () => shell,
  path: "/templates/$organization/$template",
  component: lazyRouteComponent(() => import("./pages/template/TemplatePage"), "TemplatePage"),
});

export const createWorkspaceRoute = createRoute({
  getParentRoute: () => shell,
  path: "/templates/$organization/$template/workspace",
  component: lazyRouteComponent(() => import("./pages/create/CreateWorkspacePage"), "CreateWorkspacePage"),
});

export const workspaceRoute = createRoute({
  getParentRoute: () => shell,
  path: "/@{$owner}/$workspace",
  component: lazyRouteComponent(() => import("./pages/workspace/WorkspacePage"), "WorkspacePage"),
});

export const terminalRoute = createRoute({
  getParentRoute: () => signedIn,
  path: "/@{$owner}/$workspace/terminal",
  validateSearch: (search: Record<string, unknown>): { reconnect?: string; agent?: string } => ({
    reconnect: isUuid(search.reconnect) ? search.reconnect : undefined,
    agent: shortText(search.agent),
  }),
  component: lazyRouteComponent(() => import("./pages/terminal/TerminalPage"), "TerminalPage"),
});

export const auditRoute = createRoute({
  getParentRoute: () => shell,
  path: "/audit",
  validateSearch: (search: Record<string, unknown>): RecordSearch<"action" | "type" | "username"> => ({
    action: shortText(search.action),
    type: shortText(search.type),
    username: shortText(search.username),
    from: shortText(search.from),
    to: shortText(search.to),
    page: pageNumber(search.page),
  }),
  component: lazyRouteComponent(() => import("./pages/records/AuditPage"), "AuditPage"),
});

export const connectionsRoute = createRoute({
  getParentRoute: () => shell,
  path: "/connectionlog",
  validateSearch: (
    search: Record<string, unknown>,
  ): RecordSearch<"type" | "username" | "owner" | "status"> => ({
    type: shortText(search.type),
    username: shortText(search.username),
    owner: shortText(search.owner),
    status: shortText(search.status),
    from: shortText(search.from),
    to: shortText(search.to),
    page: pageNumber(search.page),
  }),
  component: lazyRouteComponent(() => import("./pages/records/ConnectionsPage"), "ConnectionsPage"),
});

export const usersRoute = createRoute({
  getParentRoute: () => shell,
  path: "/users",
  validateSearch: (search: Record<string, unknown>): { q?: string; page?: number } => ({
    q: shortText(search.q),
    page: pageNumber(search.page),
  }),
  component: lazyRouteComponent(() => import("./pages/users/UsersPage"), "UsersPage"),
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: "/settings",
  component: lazyRouteComponent(() => import("./pages/settings/SettingsLayout"), "SettingsLayout"),
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
  component: lazyRouteComponent(() => import("./pages/settings/AccountPage"), "AccountPage"),
});

const tokens = createRoute({
  getParentRoute: () => settings,
  path: "/tokens",
  component: lazyRouteComponent(() => import("./pages/settings/TokensPage"), "TokensPage"),
});

const cliAuth = createRoute({
  getParentRoute: () => shell,
  path: "/cli-auth",
  component: lazyRouteComponent(() => import("./pages/cliAuth/CliAuthPage"), "CliAuthPage"),
});

const tree = root.addChildren([
  index,
  setup,
  loginRoute,
  signedIn.addChildren([
    terminalRoute,
    shell.addChildren([
      workspacesRoute,
      templates,
      templateRoute,
      createWorkspaceRoute,
      workspaceRoute,
      auditRoute,
      connectionsRoute,
      usersRoute,
      settings.addChildren([settingsIndex, account, tokens]),
      cliAuth,
    ]),
  ]),
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { queryClient },
    defaultPendingComponent: Loading,
    defaultErrorComponent: CrashPage,
    defaultNotFoundComponent: MissingPage,
    defaultPendingMs: 300,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
