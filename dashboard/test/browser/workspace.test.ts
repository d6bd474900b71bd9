import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MockServer } from "../server/MockServer";
import { launch } from "./support";
import { story } from "./withMock";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const named = (mock: MockServer, name: string) => {
  const found = mock.world.workspaces.find((each) => each.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};

const finish = (mock: MockServer, name: string) => {
  mock.world.finish(named(mock, name));
  mock.streams.publish(named(mock, name));
};

describe("a workspace", () => {
  it("is created with parameters, and its start is followed live", () =>
    story(browser, async (page, mock) => {
      await page.goto("/templates");
      await page.getByRole("link", { name: "Create workspace from Java workspace" }).click();
      await page.getByRole("button", { name: "Create workspace" }).click();
      await page.getByText("Enter a name.").waitFor();
      await page.getByText("This is required.").waitFor();
      await page.getByLabel("Name").fill("dev");
      await page.getByLabel("Repository").fill("https://example.com/a.git");
      await page.getByLabel("Podman inside").check();
      await page.getByRole("radio", { name: "America" }).check();
      await page.getByRole("button", { name: "Create workspace" }).click();
      await page.getByText("This value is already in use").waitFor();
      await page.getByLabel("Name").fill("fresh");
      await page.getByRole("button", { name: "Create workspace" }).click();
      await page.getByRole("heading", { name: "fresh", exact: true }).waitFor();
      await page.getByRole("log", { name: "Build log" }).getByText("home volume mounted").waitFor();
      await page.getByRole("status").getByText("Starting").waitFor();
      finish(mock, "fresh");
      await page.getByRole("status").getByText("Running").waitFor();
      await page.getByRole("link", { name: "Terminal" }).waitFor();
    }));

  it("is deleted by keyboard, and only after its name was typed", () =>
    story(browser, async (page, mock) => {
      let answer = () => {};
      const asked = new Promise<void>((resolve) => {
        answer = resolve;
      });
      await page.route("**/api/v2/authcheck", (route) => asked.then(() => route.continue()));
      await page.goto("/@alice/experiment");
      const button = page.getByRole("button", { name: "Delete" });
      await button.focus();
      answer();
      await button.click({ trial: true });
      expect(await button.evaluate((each) => each === document.activeElement)).toBe(true);
      await page.keyboard.press("Enter");
      const deed = page.getByRole("button", { name: "Delete for ever" });
      await deed.waitFor();
      expect(await deed.isDisabled()).toBe(true);
      await page.keyboard.type("experimen");
      await page.keyboard.press("Enter");
      expect(mock.calls.filter((call) => call.startsWith("POST /api/v2/workspaces/"))).toEqual([]);
      await page.keyboard.type("t");
      await page.keyboard.press("Enter");
      await page.getByRole("status").getByText("Deleting").waitFor();
      finish(mock, "experiment");
      await page.getByRole("heading", { name: "experiment was deleted" }).waitFor();
    }));

  it("is known to be gone also where nobody said so but the server has it no more", () =>
    story(browser, async (page, mock) => {
      mock.world.begin(named(mock, "dev"), "delete");
      await page.goto("/@alice/dev");
      await page.getByRole("status").getByText("Deleting").waitFor();
      mock.world.workspaces = [];
      mock.streams.cut();
      await page.getByRole("heading", { name: "dev was deleted" }).waitFor();
    }));

  it("is started again after its stop has succeeded", () =>
    story(browser, async (page, mock) => {
      await page.goto("/@alice/dev");
      await page.getByRole("button", { name: "Restart" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Restart" }).click();
      await page.getByText("Stopping, then starting again").waitFor();
      finish(mock, "dev");
      await page.getByRole("status").getByText("Starting", { exact: true }).waitFor();
      expect(named(mock, "dev").latest_build.transition).toBe("start");
    }));

  it("is not touched by somebody whose roles do not reach it, and the buttons say so to the keyboard", () =>
    story(browser, async (page, mock) => {
      await page.goto("/@alice/dev");
      await page.getByRole("button", { name: "Stop" }).waitFor();
      // The server's answers change; the page asks again when it is loaded.
      mock.overrides.set("POST /api/v2/authcheck", {
        status: 200,
        body: { start: false, stop: false, update: false, delete: false, ssh: false, openApps: false },
      });
      await page.reload();
      const stop = page.getByRole("button", { name: "Stop" });
      await stop.focus();
      await page.getByRole("tooltip", { name: "Your roles do not let you stop it." }).waitFor();
      await page.keyboard.press("Enter");
      expect(await page.getByRole("dialog").count()).toBe(0);
      expect(await stop.getAttribute("aria-disabled")).toBe("true");
    }));

  it("offers apps only at addresses that cannot run script here", () =>
    story(browser, async (page) => {
      await page.goto("/@alice/dev");
      const link = page.getByRole("link", { name: "Web preview" });
      expect(await link.getAttribute("href")).toMatch(
        /^http:\/\/web--main--dev--alice\.apps\.example\.com:\d+\/$/,
      );
      expect(await link.getAttribute("rel")).toContain("noopener");
      await page.getByRole("button", { name: "Trap" }).focus();
      await page
        .getByRole("tooltip", { name: "The template gives this link an address that is not allowed." })
        .waitFor();
    }));

  it("hides sensitive values until they are asked for", () =>
    story(browser, async (page) => {
      await page.goto("/@alice/dev");
      await page.getByRole("button", { name: "Show Database password" }).waitFor();
      expect(await page.getByText("correct-horse").count()).toBe(0);
      await page.getByRole("button", { name: "Show Database password" }).click();
      await page.getByText("correct-horse").waitFor();
    }));

  it("gives its commands to the clipboard", () =>
    story(
      browser,
      async (page) => {
        await page.goto("/@alice/dev");
        await page.getByRole("button", { name: "Copy the ssh command" }).click();
        await page.getByText("Copied").waitFor();
        expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("cloister ssh dev");
      },
      { permissions: ["clipboard-read", "clipboard-write"] },
    ));
});

describe("a template's README", () => {
  it("is text: no script, no markup, no pictures from elsewhere, no links that run", () =>
    story(browser, async (page) => {
      await page.goto("/templates/default/java");
      await page.getByText("survives restarts").waitFor();
      expect(await page.title()).toBe("Java workspace · Cloister");
      expect(await page.locator("main img, main script").count()).toBe(0);
      expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
      expect(await page.getByRole("link", { name: "A trap" }).count()).toBe(0);
      expect(await page.getByRole("link", { name: "Project page" }).getAttribute("rel")).toContain(
        "noopener",
      );
    }));
});
