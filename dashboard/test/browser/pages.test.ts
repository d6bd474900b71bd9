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
  {
    name: "forbidden",
    path: "/audit",
    text: "Not for your account",
    arrange: ({ world }) => (world.signedIn = "bob"),
  },
  { name: "account", path: "/settings/account", text: "Present password" },
  { name: "tokens", path: "/settings/tokens", text: "deploy" },
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
