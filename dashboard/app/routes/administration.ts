import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { pageNumber, shortText } from "../modules/search";
import { shell } from "./frame";

/** Conditions on a list, as they stand in the address. */
type ListSearch<Keys extends string> = { [Key in Keys]?: string } & { page?: number };

/** Reads the named conditions and the page's number. */
function listSearch<Keys extends string>(...keys: Keys[]) {
  return (search: Record<string, unknown>): ListSearch<Keys> =>
    ({
      ...Object.fromEntries(keys.map((key) => [key, shortText(search[key])])),
      page: pageNumber(search.page),
    }) as ListSearch<Keys>;
}

const audit = createRoute({
  getParentRoute: () => shell,
  path: "/audit",
  validateSearch: listSearch("action", "type", "username", "from", "to"),
  component: lazyRouteComponent(() => import("../pages/records/AuditPage"), "AuditPage"),
});

const connections = createRoute({
  getParentRoute: () => shell,
  path: "/connectionlog",
  validateSearch: listSearch("type", "username", "owner", "status", "from", "to"),
  component: lazyRouteComponent(() => import("../pages/records/ConnectionsPage"), "ConnectionsPage"),
});

const users = createRoute({
  getParentRoute: () => shell,
  path: "/users",
  validateSearch: listSearch("q", "status", "login"),
  component: lazyRouteComponent(() => import("../pages/users/UsersPage"), "UsersPage"),
});

const user = createRoute({
  getParentRoute: () => shell,
  path: "/users/$user",
  component: lazyRouteComponent(() => import("../pages/user/UserPage"), "UserPage"),
});

const organizations = createRoute({
  getParentRoute: () => shell,
  path: "/organizations",
  component: lazyRouteComponent(
    () => import("../pages/organizations/OrganizationsPage"),
    "OrganizationsPage",
  ),
});

const organization = createRoute({
  getParentRoute: () => shell,
  path: "/organizations/$organization",
  component: lazyRouteComponent(
    () => import("../pages/organization/OrganizationLayout"),
    "OrganizationLayout",
  ),
});

const organizationIndex = createRoute({
  getParentRoute: () => organization,
  path: "/",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/organizations/$organization/groups", params, replace: true });
  },
});

const members = createRoute({
  getParentRoute: () => organization,
  path: "/members",
  validateSearch: listSearch("q"),
  component: lazyRouteComponent(() => import("../pages/organization/MembersPage"), "MembersPage"),
});

const groups = createRoute({
  getParentRoute: () => organization,
  path: "/groups",
  component: lazyRouteComponent(() => import("../pages/organization/GroupsPage"), "GroupsPage"),
});

const group = createRoute({
  getParentRoute: () => organization,
  path: "/groups/$group",
  component: lazyRouteComponent(() => import("../pages/organization/GroupPage"), "GroupPage"),
});

const organizationRoles = createRoute({
  getParentRoute: () => organization,
  path: "/roles",
  component: lazyRouteComponent(() => import("../pages/organization/RolesPage"), "RolesPage"),
});

const organizationRole = createRoute({
  getParentRoute: () => organization,
  path: "/role",
  validateSearch: (search: Record<string, unknown>): { name?: string } => ({ name: shortText(search.name) }),
  component: lazyRouteComponent(() => import("../pages/organization/RolePage"), "RolePage"),
});

const organizationSettings = createRoute({
  getParentRoute: () => organization,
  path: "/settings",
  component: lazyRouteComponent(() => import("../pages/organization/SettingsPage"), "SettingsPage"),
});

const deployment = createRoute({
  getParentRoute: () => shell,
  path: "/deployment",
  component: lazyRouteComponent(() => import("../pages/deployment/DeploymentLayout"), "DeploymentLayout"),
});

const deploymentIndex = createRoute({
  getParentRoute: () => deployment,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/deployment/health", replace: true });
  },
});

const health = createRoute({
  getParentRoute: () => deployment,
  path: "/health",
  component: lazyRouteComponent(() => import("../pages/deployment/HealthPage"), "HealthPage"),
});

const configuration = createRoute({
  getParentRoute: () => deployment,
  path: "/settings",
  component: lazyRouteComponent(() => import("../pages/deployment/ConfigurationPage"), "ConfigurationPage"),
});

const auditSinks = createRoute({
  getParentRoute: () => deployment,
  path: "/sinks",
  component: lazyRouteComponent(() => import("../pages/deployment/AuditSinksPage"), "AuditSinksPage"),
});

const siteAppearance = createRoute({
  getParentRoute: () => deployment,
  path: "/appearance",
  component: lazyRouteComponent(() => import("../pages/deployment/SiteAppearancePage"), "SiteAppearancePage"),
});

const siteNotifications = createRoute({
  getParentRoute: () => deployment,
  path: "/notifications",
  component: lazyRouteComponent(
    () => import("../pages/deployment/SiteNotificationsPage"),
    "SiteNotificationsPage",
  ),
});

const siteRoles = createRoute({
  getParentRoute: () => deployment,
  path: "/roles",
  component: lazyRouteComponent(() => import("../pages/deployment/SiteRolesPage"), "SiteRolesPage"),
});

const siteRole = createRoute({
  getParentRoute: () => deployment,
  path: "/role",
  validateSearch: (search: Record<string, unknown>): { name?: string } => ({ name: shortText(search.name) }),
  component: lazyRouteComponent(() => import("../pages/deployment/SiteRolePage"), "SiteRolePage"),
});

/** What administrators see to. */
export const administrationRoutes = [
  audit,
  connections,
  users,
  user,
  organizations,
  organization.addChildren([
    organizationIndex,
    members,
    groups,
    group,
    organizationRoles,
    organizationRole,
    organizationSettings,
  ]),
  deployment.addChildren([
    deploymentIndex,
    health,
    configuration,
    auditSinks,
    siteAppearance,
    siteNotifications,
    siteRoles,
    siteRole,
  ]),
] as const;
