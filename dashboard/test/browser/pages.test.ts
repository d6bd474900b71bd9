import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MockServer } from "../server/MockServer";
import { accessibilityFaults, launch, open, screenshot } from "./support";

interface Shown {
  name: string;
  path: string;
  /** The text by which the page is known to be there, other than its loading state. */
  text: string;
  arrange?: (mock: MockServer) => void;
}

const pages: Shown[] = [
  {
    name: "setup",
    path: "/setup",
    text: "Create the account",
    arrange: ({ world }) => (world.setUp = false),
  },
  {
    name: "login",
    path: "/login",
    text: "Use the account",
    arrange: ({ world }) => (world.signedIn = undefined),
  },
  {
    name: "reset-password",
    path: "/reset-password",
    text: "Send me a code",
    arrange: ({ world }) => (world.signedIn = undefined),
  },
  { name: "workspaces", path: "/workspaces", text: "experiment" },
  { name: "workspaces-all", path: "/workspaces?all=true", text: "broken" },
  {
    name: "workspaces-empty",
    path: "/workspaces",
    text: "No workspaces yet",
    arrange: ({ world }) => (world.workspaces = []),
  },
  {
    name: "workspaces-error",
    path: "/workspaces",
    text: "4b1d9a52",
    arrange: ({ overrides }) =>
      overrides.set("GET /api/v2/workspaces", {
        status: 500,
        body: { message: "An internal server error occurred." },
      }),
  },
  { name: "templates", path: "/templates", text: "Java workspace" },
  {
    name: "templates-empty",
    path: "/templates",
    text: "No templates yet",
    arrange: ({ world }) => (world.templates = []),
  },
  { name: "template", path: "/templates/default/java", text: "survives restarts" },
  { name: "create", path: "/templates/default/java/workspace", text: "Podman inside" },
  { name: "workspace", path: "/@alice/dev", text: "1.4 of 4.0 GiB" },
  { name: "workspace-stopped", path: "/@alice/experiment", text: "Outdated" },
  { name: "workspace-failed", path: "/@bob/broken", text: "step 9 is done" },
  { name: "workspace-unhealthy", path: "/@alice/uneasy", text: "npm warn deprecated" },
  { name: "workspace-missing", path: "/@alice/nothing", text: "Nothing here" },
  { name: "terminal", path: "/@alice/dev/terminal", text: "alice@dev" },
  { name: "terminal-stopped", path: "/@alice/experiment/terminal", text: "no terminal now" },
  { name: "audit", path: "/audit", text: "Updated workspace dev" },
  { name: "connections", path: "/connectionlog", text: "Web terminal" },
  { name: "users", path: "/users", text: "carol" },
  { name: "user", path: "/users/bob", text: "30 of 100 credits" },
  { name: "organizations", path: "/organizations", text: "Research" },
  { name: "members", path: "/organizations/default/members", text: "Bob Example" },
  { name: "groups", path: "/organizations/default/groups", text: "Platform team" },
  { name: "group", path: "/organizations/default/groups/platform", text: "80 credits each" },
  { name: "organization-roles", path: "/organizations/default/roles", text: "Template helper" },
  { name: "organization-settings", path: "/organizations/default/settings", text: "Delete the organization" },
  { name: "site-roles", path: "/deployment/roles", text: "Night watch" },
  { name: "site-role", path: "/deployment/role?name=night-watch", text: "Denied: workspace" },
  {
    name: "forbidden",
    path: "/audit",
    text: "Not for your account",
    arrange: ({ world }) => (world.signedIn = "bob"),
  },
  { name: "account", path: "/settings/account", text: "Present password" },
  { name: "appearance", path: "/settings/appearance", text: "Font of the terminal" },
  { name: "ssh-key", path: "/settings/ssh-key", text: "OldKey" },
  { name: "secrets", path: "/settings/secrets", text: "REGISTRY_TOKEN" },
  { name: "quiet-hours", path: "/settings/schedule", text: "They begin at" },
  { name: "preferences", path: "/settings/notifications", text: "Workspace marked as dormant" },
  { name: "external-auth", path: "/settings/external-auth", text: "The forge" },
  { name: "rights", path: "/settings/rights", text: "no-shell" },
  { name: "inbox", path: "/notifications", text: "Your password was changed" },
  { name: "template-general", path: "/templates/default/java/settings/general", text: "Delete the template" },
  {
    name: "template-schedule",
    path: "/templates/default/java/settings/schedule",
    text: "Delete a sleeping one",
  },
  { name: "template-permissions", path: "/templates/default/java/settings/permissions", text: "Everyone" },
  { name: "template-versions", path: "/templates/default/java/settings/versions", text: "First version" },
  { name: "template-variables", path: "/templates/default/java/settings/variables", text: "Kept secret" },
  { name: "workspace-general", path: "/@alice/dev/settings/general", text: "Put it to sleep" },
  { name: "workspace-parameters", path: "/@alice/dev/settings/parameters", text: "fixed since" },
  { name: "workspace-schedule", path: "/@alice/dev/settings/schedule", text: "The present run stops" },
  { name: "workspace-sharing", path: "/@alice/dev/settings/sharing", text: "People and groups with access" },
  { name: "workspace-ports", path: "/@alice/dev/settings/ports", text: "3000 (HTTP)" },
  { name: "health", path: "/deployment/health", text: "EACS02" },
  { name: "configuration", path: "/deployment/settings", text: "CLOISTER_ACCESS_URL" },
  {
    name: "site-appearance",
    path: "/deployment/appearance",
    text: "Banner 1",
    arrange: ({ world }) => {
      world.deployment.appearance.announcement_banners = [
        { enabled: true, message: "Maintenance at noon", background_color: "#8a5a00" },
      ];
    },
  },
  { name: "site-notifications", path: "/deployment/notifications", text: "Send a test to me" },
  { name: "tokens", path: "/settings/tokens", text: "Everything you may do" },
  { name: "cli-auth", path: "/cli-auth", text: "Show a session token" },
  { name: "not-found", path: "/no/such/page", text: "Nothing here" },
];

const looks = [
  { look: "light", colorScheme: "light", viewport: { width: 1280, height: 860 } },
  { look: "dark", colorScheme: "dark", viewport: { width: 1280, height: 860 } },
  { look: "light-narrow", colorScheme: "light", viewport: { width: 390, height: 844 } },
  { look: "dark-narrow", colorScheme: "dark", viewport: { width: 390, height: 844 } },
] as const;

describe("every page, under the server's content security policy", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  for (const { name, path, text, arrange } of pages) {
    it(`${name} keeps to the policy, is accessible and fits a telephone`, async () => {
      const mock = await MockServer.start();
      arrange?.(mock);
      for (const { look, ...options } of looks) {
        const { page, violations, errors } = await open(browser, { ...options, reducedMotion: "reduce" });
        await page.goto(mock.origin + path);
        await page.getByText(text).first().waitFor();
        await expect.poll(() => page.getByText("Loading …").count()).toBe(0);
        await screenshot(page, `${name}-${look}`);
        expect.soft(await accessibilityFaults(page), `${look}: accessibility`).toEqual([]);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect.soft(width, `${look}: page width`).toBeLessThanOrEqual(options.viewport.width);
        expect(await page.title(), look).toMatch(/Cloister$/);
        expect(violations, `${look}: policy`).toEqual([]);
        expect(errors, `${look}: errors`).toEqual([]);
        await page.context().close();
      }
      await mock.stop();
    });
  }

  it("a violation would be noticed", async () => {
    const mock = await MockServer.start();
    const { page, violations } = await open(browser);
    await page.goto(`${mock.origin}/login`);
    await page.evaluate(() => {
      document.body.insertAdjacentHTML("beforeend", '<p style="color: red">inline</p>');
    });
    await expect.poll(() => violations.length).toBeGreaterThan(0);
    await page.context().close();
    await mock.stop();
  });
});
