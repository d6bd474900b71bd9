import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launch } from "./support";
import { story } from "./withMock";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe("set-up", () => {
  it("creates the first administrator with the printed link's token and signs in", () =>
    story(browser, async (page, mock) => {
      mock.world.setUp = false;
      mock.world.signedIn = undefined;
      await page.goto("/setup#token=one-time-token");
      await page.getByLabel("User name").fill("founder");
      await page.getByLabel("E-mail").fill("founder@example.com");
      await page.getByLabel("Full name").fill("The Founder");
      await page.getByLabel(/^Password/).fill("short");
      await page.getByRole("button", { name: "Create the account" }).click();
      await page.getByText("At least 10 characters; a few words are fine.").waitFor();
      await page.getByLabel(/^Password/).fill("ladder cloud nine");
      await page.getByRole("button", { name: "Create the account" }).click();
      await page.getByRole("heading", { name: "Workspaces", exact: true }).waitFor();
      expect(mock.world.lastSetupToken).toBe("one-time-token");
      expect(page.url()).toBe(`${mock.origin}/workspaces`);
    }));

  it("says what to do where the link is wrong", () =>
    story(browser, async (page, mock) => {
      mock.world.setUp = false;
      mock.world.signedIn = undefined;
      await page.goto("/");
      await page.getByLabel("User name").fill("founder");
      await page.getByLabel("E-mail").fill("founder@example.com");
      await page.getByLabel(/^Password/).fill("ladder cloud nine");
      await page.getByRole("button", { name: "Create the account" }).click();
      await page.getByText("Open the link that the server printed").waitFor();
    }));

  it("is over once there is an account", () =>
    story(browser, async (page, mock) => {
      mock.world.signedIn = undefined;
      await page.goto("/setup#token=one-time-token");
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
    }));
});

describe("signing in", () => {
  const signIn = async (page: Page, password: string) => {
    await page.getByLabel("E-mail").fill("alice@example.com");
    await page.getByLabel(/^Password/).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
  };

  it("says that a password is wrong, empties the field and lets one try again", () =>
    story(browser, async (page, mock) => {
      mock.world.signedIn = undefined;
      await page.goto("/templates");
      await signIn(page, "wrong");
      await page.getByRole("alert").getByText("Incorrect email or password.").waitFor();
      expect(await page.getByLabel(/^Password/).inputValue()).toBe("");
      await signIn(page, "ladder cloud nine");
      await page.getByRole("heading", { name: "Templates" }).waitFor();
    }));

  it.each(["//evil.example/", "/\\evil.example", "https://evil.example/", "javascript:alert(1)"])(
    "does not lead to %s",
    (wish) =>
      story(browser, async (page, mock) => {
        mock.world.signedIn = undefined;
        await page.goto(`/login?redirect=${encodeURIComponent(wish)}`);
        await signIn(page, "ladder cloud nine");
        await page.getByRole("heading", { name: "Workspaces", exact: true }).waitFor();
        expect(page.url()).toBe(`${mock.origin}/workspaces`);
      }),
  );

  it("is asked for when a call finds the session ended, and returns to the page", () =>
    story(browser, async (page, mock) => {
      await page.goto("/@alice/dev");
      await page.getByRole("button", { name: "Stop" }).click();
      // At this call and not before: the page's own questions would find out as well, and leave before the press.
      mock.beforeAnswer = (call) => {
        if (!/^POST .+\/builds$/.test(call)) return;
        mock.beforeAnswer = undefined;
        mock.world.signedIn = undefined;
      };
      await page.getByRole("dialog").getByRole("button", { name: "Stop" }).click();
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
      await signIn(page, "ladder cloud nine");
      await page.getByRole("heading", { name: "dev", exact: true }).waitFor();
      expect(new URL(page.url()).pathname).toBe("/@alice/dev");
    }));

  it("is asked for when a session ends while nobody presses anything", () =>
    story(browser, async (page, mock) => {
      await page.goto("/@alice/dev");
      await page.getByRole("button", { name: "Stop" }).waitFor();
      mock.world.signedIn = undefined;
      mock.streams.cut();
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
      await signIn(page, "ladder cloud nine");
      await page.getByRole("heading", { name: "dev", exact: true }).waitFor();
    }));

  it("is possible again after a one-time code has set a new password", () =>
    story(browser, async (page, mock) => {
      mock.world.signedIn = undefined;
      await page.goto("/login");
      await page.getByRole("link", { name: "I have forgotten my password" }).click();
      await page.getByLabel("E-mail").fill("alice@example.com");
      await page.getByRole("button", { name: "Send me a code" }).click();
      await page.getByText("If there is such an account").waitFor();
      await page.getByLabel("One-time code").fill("wrong");
      await page.getByLabel(/^New password/).fill("ladder cloud nine");
      await page.getByRole("button", { name: "Set the password" }).click();
      await page.getByText("The code is wrong or has expired.").waitFor();
      await page.getByLabel("One-time code").fill(mock.world.oneTimeCode);
      await page.getByRole("button", { name: "Set the password" }).click();
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
    }));

  it("can be undone from the account's menu", () =>
    story(browser, async (page, mock) => {
      await page.goto("/workspaces");
      await page.getByRole("button", { name: "Account: alice" }).click();
      await page.getByRole("menuitem", { name: "Sign out" }).click();
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
      expect(mock.world.signedIn).toBeUndefined();
    }));
});
