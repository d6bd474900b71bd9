import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { pageNumber, shortText } from "../modules/search";
import { isUuid } from "../modules/uuid";
import { shell, signedIn } from "./frame";

const workspaces = createRoute({
  getParentRoute: () => shell,
  path: "/workspaces",
  validateSearch: (search: Record<string, unknown>): { q?: string; page?: number; all?: true } => ({
    q: shortText(search.q),
    page: pageNumber(search.page),
    all: search.all === true ? true : undefined,
  }),
  component: lazyRouteComponent(() => import("../pages/workspaces/WorkspacesPage"), "WorkspacesPage"),
});

const workspace = createRoute({
  getParentRoute: () => shell,
  path: "/@{$owner}/$workspace",
  component: lazyRouteComponent(() => import("../pages/workspace/WorkspacePage"), "WorkspacePage"),
});

export const terminal = createRoute({
  getParentRoute: () => signedIn,
  path: "/@{$owner}/$workspace/terminal",
  validateSearch: (search: Record<string, unknown>): { reconnect?: string; agent?: string } => ({
    reconnect: isUuid(search.reconnect) ? search.reconnect : undefined,
    agent: shortText(search.agent),
  }),
  component: lazyRouteComponent(() => import("../pages/terminal/TerminalPage"), "TerminalPage"),
});

const templates = createRoute({
  getParentRoute: () => shell,
  path: "/templates",
  component: lazyRouteComponent(() => import("../pages/templates/TemplatesPage"), "TemplatesPage"),
});

const template = createRoute({
  getParentRoute: () => shell,
  path: "/templates/$organization/$template",
  component: lazyRouteComponent(() => import("../pages/template/TemplatePage"), "TemplatePage"),
});

const createWorkspace = createRoute({
  getParentRoute: () => shell,
  path: "/templates/$organization/$template/workspace",
  component: lazyRouteComponent(() => import("../pages/create/CreateWorkspacePage"), "CreateWorkspacePage"),
});

const workspaceSettings = createRoute({
  getParentRoute: () => shell,
  path: "/@{$owner}/$workspace/settings",
  component: lazyRouteComponent(
    () => import("../pages/workspaceSettings/WorkspaceSettingsLayout"),
    "WorkspaceSettingsLayout",
  ),
});

const workspaceSettingsIndex = createRoute({
  getParentRoute: () => workspaceSettings,
  path: "/",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/@{$owner}/$workspace/settings/general", params, replace: true });
  },
});

const workspaceGeneral = createRoute({
  getParentRoute: () => workspaceSettings,
  path: "/general",
  component: lazyRouteComponent(
    () => import("../pages/workspaceSettings/WorkspaceGeneralPage"),
    "WorkspaceGeneralPage",
  ),
});

const workspaceParameters = createRoute({
  getParentRoute: () => workspaceSettings,
  path: "/parameters",
  component: lazyRouteComponent(() => import("../pages/workspaceSettings/ParametersPage"), "ParametersPage"),
});

const workspaceSchedule = createRoute({
  getParentRoute: () => workspaceSettings,
  path: "/schedule",
  component: lazyRouteComponent(
    () => import("../pages/workspaceSettings/WorkspaceSchedulePage"),
    "WorkspaceSchedulePage",
  ),
});

const workspaceSharing = createRoute({
  getParentRoute: () => workspaceSettings,
  path: "/sharing",
  component: lazyRouteComponent(() => import("../pages/workspaceSettings/SharingPage"), "SharingPage"),
});

const workspacePorts = createRoute({
  getParentRoute: () => workspaceSettings,
  path: "/ports",
  component: lazyRouteComponent(() => import("../pages/workspaceSettings/PortsPage"), "PortsPage"),
});

const templateSettings = createRoute({
  getParentRoute: () => shell,
  path: "/templates/$organization/$template/settings",
  component: lazyRouteComponent(
    () => import("../pages/templateSettings/TemplateSettingsLayout"),
    "TemplateSettingsLayout",
  ),
});

const templateSettingsIndex = createRoute({
  getParentRoute: () => templateSettings,
  path: "/",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/templates/$organization/$template/settings/general", params, replace: true });
  },
});

const templateGeneral = createRoute({
  getParentRoute: () => templateSettings,
  path: "/general",
  component: lazyRouteComponent(() => import("../pages/templateSettings/GeneralPage"), "GeneralPage"),
});

const templateSchedule = createRoute({
  getParentRoute: () => templateSettings,
  path: "/schedule",
  component: lazyRouteComponent(
    () => import("../pages/templateSettings/TemplateSchedulePage"),
    "TemplateSchedulePage",
  ),
});

const templatePermissions = createRoute({
  getParentRoute: () => templateSettings,
  path: "/permissions",
  component: lazyRouteComponent(
    () => import("../pages/templateSettings/TemplatePermissionsPage"),
    "TemplatePermissionsPage",
  ),
});

const templateVersions = createRoute({
  getParentRoute: () => templateSettings,
  path: "/versions",
  component: lazyRouteComponent(() => import("../pages/templateSettings/VersionsPage"), "VersionsPage"),
});

const templateVariables = createRoute({
  getParentRoute: () => templateSettings,
  path: "/variables",
  component: lazyRouteComponent(() => import("../pages/templateSettings/VariablesPage"), "VariablesPage"),
});

/** Workspaces and templates. */
export const workRoutes = [
  workspaces,
  workspace,
  workspaceSettings.addChildren([
    workspaceSettingsIndex,
    workspaceGeneral,
    workspaceParameters,
    workspaceSchedule,
    workspaceSharing,
    workspacePorts,
  ]),
  templates,
  template,
  templateSettings.addChildren([
    templateSettingsIndex,
    templateGeneral,
    templateSchedule,
    templatePermissions,
    templateVersions,
    templateVariables,
  ]),
  createWorkspace,
] as const;
