import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessibilityFaults, launch } from "./support";
import { story } from "./withMock";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe("users", () => {
  it("are created, with the server's refusal beside the field it concerns", () =>
    story(browser, async (page, mock) => {
      await page.goto("/users");
      await page.getByRole("button", { name: "Create user" }).click();
      const dialog = page.getByRole("dialog", { name: "Create user" });
      await dialog.getByLabel("User name").fill("bob");
      await dialog.getByLabel("E-mail").fill("dave@example.com");
      await dialog.getByLabel(/^First password/).fill("ladder cloud nine");
      expect(await accessibilityFaults(page)).toEqual([]);
      await dialog.getByRole("button", { name: "Create user" }).click();
      await dialog.getByText("This name is taken.").waitFor();
      await dialog.getByLabel("User name").fill("dave");
      await dialog.getByRole("button", { name: "Create user" }).click();
      await page.getByRole("button", { name: "Suspend dave" }).waitFor();
      expect(mock.world.users.at(-1)?.email).toBe("dave@example.com");
    }));

  it("are suspended and activated after a question, but nobody suspends themselves", () =>
    story(browser, async (page, mock) => {
      await page.goto("/users");
      await page.getByRole("button", { name: "Suspend bob" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Suspend", exact: true }).click();
      await page.getByRole("button", { name: "Activate bob" }).waitFor();
      expect(mock.world.users[1]?.status).toBe("suspended");
      const own = page.getByRole("button", { name: "Suspend alice" });
      expect(await own.getAttribute("aria-disabled")).toBe("true");
    }));

  it("without the right see neither the pages nor the links to them", () =>
    story(browser, async (page, mock) => {
      mock.world.signedIn = "bob";
      await page.goto("/users");
      await page.getByRole("heading", { name: "Not for your account" }).waitFor();
      const links = await page.getByRole("navigation", { name: "Main" }).getByRole("link").allTextContents();
      expect(links).toEqual(["Workspaces", "Templates"]);
      expect(mock.calls.some((call) => call.startsWith("GET /api/v2/users?"))).toBe(false);
    }));
});

describe("the audit log", () => {
  it("shows what changed, with secrets masked", () =>
    story(browser, async (page) => {
      await page.goto("/audit");
      const more = page.getByRole("button", { name: "More: Updated workspace dev" });
      await more.click();
      await page.getByRole("rowheader", { name: "token" }).waitFor();
      expect(await page.getByText("leaked").count()).toBe(0);
      expect(await accessibilityFaults(page)).toEqual([]);
    }));

  it("says that it can be proven, follows what happens, and pauses", () =>
    story(browser, async (page, mock) => {
      await page.goto("/audit");
      await page.getByText("All 60 events up to this moment are on the signed log").waitFor();
      await page.getByRole("button", { name: "Show signed head and witnesses" }).click();
      await page.getByText("witness.example").waitFor();
      const asked = () => mock.calls.filter((call) => call.startsWith("GET /api/v2/audit?")).length;
      await page.getByRole("button", { name: "Follow live" }).click();
      await expect.poll(asked, { timeout: 10_000 }).toBeGreaterThan(2);
      await page.getByRole("button", { name: "Pause" }).click();
      await page.getByRole("button", { name: "Follow live" }).waitFor();
      await page.getByRole("button", { name: "Export" }).click();
      const csv = page.getByRole("menuitem", { name: "CSV, for a spreadsheet" });
      expect(await csv.getAttribute("href")).toContain("/api/v2/audit/export?format=csv");
    }));

  it("is filtered and paged in the address", () =>
    story(browser, async (page, mock) => {
      await page.goto("/audit");
      await page.getByRole("button", { name: "Next" }).click();
      await page.getByText("26–50 of 60").waitFor();
      expect(mock.calls.at(-1)).toContain("offset=25");
      await page.getByLabel("User name").fill("bob");
      await page.keyboard.press("Enter");
      await page.getByRole("combobox", { name: "Action" }).click();
      await page.getByRole("option", { name: "login" }).click();
      await expect.poll(() => page.url()).toContain("action=login");
      expect(new URL(page.url()).search).not.toContain("page");
      await expect
        .poll(() => mock.calls.at(-1))
        .toContain(new URLSearchParams({ q: "action:login username:bob" }).toString());
    }));
});

describe("API tokens", () => {
  it("are shown once and deleted after a question", () =>
    story(browser, async (page, mock) => {
      await page.goto("/settings/tokens");
      await page.getByRole("button", { name: "Create token" }).click();
      const dialog = page.getByRole("dialog", { name: "Create token" });
      await dialog.getByLabel("Name").fill("ci");
      await dialog.getByRole("button", { name: "Create token" }).click();
      await dialog.getByText("newtokenid-abcdefghijklmnopqrstuv").waitFor();
      await dialog.getByRole("button", { name: "Done" }).click();
      await page.getByRole("button", { name: "Delete ci" }).click();
      expect(await page.getByText("newtokenid-abcdef").count()).toBe(0);
      await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
      await page.getByRole("button", { name: "Delete ci" }).waitFor({ state: "detached" });
      expect(mock.world.tokens.map((token) => token.token_name)).toEqual(["deploy"]);
    }));

  it("for the command line are made by a press of the button only", () =>
    story(browser, async (page, mock) => {
      await page.goto("/cli-auth");
      await page.getByRole("button", { name: "Show a session token" }).waitFor();
      expect(mock.calls).not.toContain("POST /api/v2/users/me/keys");
      await page.getByRole("button", { name: "Show a session token" }).click();
      await page.getByText("sessionid0-secretsecretsecretsecre").waitFor();
    }));
});

describe("the account", () => {
  it("changes its password, and hears which field was wrong", () =>
    story(browser, async (page) => {
      await page.goto("/settings/account");
      await page.getByLabel(/^Present password/).fill("wrong");
      await page.getByLabel(/^New password/).fill("ladder cloud nine");
      await page.getByRole("button", { name: "Change the password" }).click();
      await page.getByText("Old password is incorrect.").waitFor();
      await page.getByLabel(/^Present password/).fill("right");
      await page.getByRole("button", { name: "Change the password" }).click();
      await page.getByText("The password is changed.").waitFor();
    }));
});

describe("the keyboard", () => {
  it("skips to the content, and follows a change of page", () =>
    story(browser, async (page) => {
      await page.goto("/workspaces");
      await page.getByRole("heading", { name: "Workspaces", exact: true }).waitFor();
      await page.keyboard.press("Tab");
      await expect
        .poll(() => page.evaluate(() => document.activeElement?.textContent))
        .toBe("Skip to the content");
      await page.keyboard.press("Enter");
      await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("main");
      await page.getByRole("link", { name: "Templates" }).focus();
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Templates" }).waitFor();
      await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("main");
    }));

  it("opens the menu of a narrow screen", () =>
    story(
      browser,
      async (page) => {
        await page.goto("/workspaces");
        await page.getByRole("button", { name: "Menu" }).focus();
        await page.keyboard.press("Enter");
        const menu = page.getByRole("dialog", { name: "Cloister" });
        await menu.getByRole("link", { name: "Audit" }).click();
        await page.getByRole("heading", { name: "Audit" }).waitFor();
        await menu.waitFor({ state: "hidden" });
      },
      { viewport: { width: 390, height: 844 } },
    ));

  it("changes the appearance, which is kept", () =>
    story(browser, async (page) => {
      await page.goto("/workspaces");
      await page.getByRole("button", { name: "Account: alice" }).focus();
      await page.keyboard.press("Enter");
      await page.getByRole("menuitem", { name: "Dark" }).click();
      await page.reload();
      await page.getByRole("heading", { name: "Workspaces", exact: true }).waitFor();
      await expect.poll(() => page.locator("html").getAttribute("data-mantine-color-scheme")).toBe("dark");
    }));
});

describe("audit sinks", () => {
  it("are shown with how far behind they are, tried, paused and deleted after a question", () =>
    story(browser, async (page, mock) => {
      await page.goto("/deployment/sinks");
      await page.getByText("the receiver answered 503").waitFor();
      await page.getByText("1,234 events, the oldest 6 min old").waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole("button", { name: "Test soc" }).click();
      await page.getByText("soc: the receiver answered 401.").waitFor();
      await page.getByRole("button", { name: "Pause archive" }).click();
      await page.getByRole("button", { name: "Resume archive" }).waitFor();
      expect(mock.world.sinks[0]?.enabled).toBe(false);
      await page.getByRole("button", { name: "Delete soc" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Delete sink" }).click();
      await page.getByRole("button", { name: "Delete soc" }).waitFor({ state: "detached" });
      expect(mock.world.sinks).toHaveLength(1);
    }));

  it("without the right are not for somebody's eyes", () =>
    story(browser, async (page, mock) => {
      mock.world.signedIn = "bob";
      await page.goto("/deployment/sinks");
      await page.getByRole("heading", { name: "Not for your account" }).waitFor();
      expect(mock.calls.some((call) => call.startsWith("GET /api/v2/audit/sinks"))).toBe(false);
    }));
});
