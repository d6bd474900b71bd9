import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { notification } from "../server/affairs";
import { accessibilityFaults, launch } from "./support";
import { story } from "./withMock";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe("a token", () => {
  it("is confined to scopes and things, and lives no longer than the server allows", () =>
    story(browser, async (page, mock) => {
      await page.goto("/settings/tokens");
      await page.getByRole("button", { name: "Create token" }).click();
      const dialog = page.getByRole("dialog", { name: "Create token" });
      await dialog.getByLabel("Name").fill("reader");
      await dialog.getByRole("combobox", { name: "Only for" }).click();
      await page.getByRole("option", { name: "workspace:read" }).click();
      await page.keyboard.press("Escape");
      await dialog.getByRole("combobox", { name: "Expires after" }).click();
      await page.getByRole("option", { name: "90 days" }).waitFor();
      expect(await page.getByRole("option", { name: "365 days" }).count()).toBe(0);
      await page.getByRole("option", { name: "7 days" }).click();
      await dialog.getByLabel("Only on").fill("nonsense");
      await page.keyboard.press("Enter");
      await dialog.getByRole("button", { name: "Create token" }).click();
      await dialog.getByText("A kind and an id").waitFor();
      await dialog.getByLabel("Only on").press("Backspace");
      await dialog.getByLabel("Only on").fill("template:*");
      await page.keyboard.press("Enter");
      await dialog.getByRole("button", { name: "Create token" }).click();
      await dialog.getByRole("button", { name: "Done" }).click();
      await page.getByText("workspace:read on template:*").waitFor();
      expect(mock.world.tokens.at(-1)).toMatchObject({
        scopes: ["workspace:read"],
        allow_list: [{ type: "template", id: "*" }],
      });
    }));
});

describe("a secret", () => {
  it("goes in and is never asked back", () =>
    story(browser, async (page, mock) => {
      await page.goto("/settings/secrets");
      await page.getByRole("button", { name: "Add secret" }).click();
      const dialog = page.getByRole("dialog", { name: "Add secret" });
      await dialog.getByLabel("Name").fill("registry");
      await dialog.getByLabel("Value").fill("s3cret-value");
      await dialog.getByLabel("Variable").fill("1BAD");
      await dialog.getByRole("button", { name: "Add secret" }).click();
      await dialog.getByText("Letters, digits and underscores.").waitFor();
      await dialog.getByLabel("Variable").fill("NPM_TOKEN");
      await dialog.getByRole("button", { name: "Add secret" }).click();
      await dialog.getByText("This name is taken.").waitFor();
      await dialog.getByLabel("Name").fill("npm");
      expect(await accessibilityFaults(page)).toEqual([]);
      await dialog.getByRole("button", { name: "Add secret" }).click();
      await page.getByRole("button", { name: "Edit npm" }).click();
      expect(mock.world.account.values.get("npm")).toBe("s3cret-value");
      const edit = page.getByRole("dialog", { name: "Edit npm" });
      expect(await edit.getByLabel("Value").inputValue()).toBe("");
      await edit.getByLabel("Description").fill("For publishing");
      await edit.getByRole("button", { name: "Save" }).click();
      await page.getByText("For publishing").waitFor();
      expect(mock.world.account.values.get("npm")).toBe("s3cret-value");
    }));
});

describe("the account", () => {
  it("makes a new SSH key only after a question", () =>
    story(browser, async (page) => {
      await page.goto("/settings/ssh-key");
      await page.getByText("OldKey").waitFor();
      await page.getByRole("button", { name: "Make a new key" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Make a new key" }).click();
      await page.getByText("NewKeyNewKey").waitFor();
    }));

  it("keeps its colours with the server", () =>
    story(browser, async (page, mock) => {
      await page.goto("/settings/appearance");
      await page.getByRole("radio", { name: "Dark" }).check();
      await page.getByRole("button", { name: "Save" }).click();
      await expect.poll(() => page.locator("html").getAttribute("data-mantine-color-scheme")).toBe("dark");
      expect(mock.world.account.appearance.theme_preference).toBe("dark");
    }));

  it("sets its quiet hours", () =>
    story(browser, async (page, mock) => {
      await page.goto("/settings/schedule");
      await page.getByLabel("They begin at").fill("04:15");
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText("Saved.").waitFor();
      expect(mock.world.account.quietHours.raw_schedule).toBe("CRON_TZ=Europe/Rome 15 4 * * *");
    }));

  it("unlinks accounts elsewhere", () =>
    story(browser, async (page) => {
      await page.goto("/settings/external-auth");
      await page.getByRole("button", { name: "Unlink Mirror" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Unlink" }).click();
      await page.getByRole("link", { name: "Link Mirror" }).waitFor();
    }));
});

describe("notifications", () => {
  it("are counted at the bell as they come, and read", () =>
    story(browser, async (page, mock) => {
      await page.goto("/workspaces");
      await page.getByRole("link", { name: "Notifications, 1 unread" }).waitFor();
      await expect.poll(() => mock.streams.listeners()).toBe(1);
      mock.streams.notify(notification(7, "Build failed"));
      await page.getByRole("link", { name: "Notifications, 2 unread" }).click();
      await page.getByRole("button", { name: "Mark as read: Build failed" }).click();
      await page.getByRole("button", { name: "Mark as unread: Build failed" }).waitFor();
      await page.getByRole("button", { name: "Mark all as read" }).click();
      await page.getByRole("link", { name: "Notifications", exact: true }).waitFor();
      expect(mock.world.inbox.unread()).toBe(0);
    }));

  it("cannot run script, and lead only to addresses of the web", () =>
    story(browser, async (page) => {
      await page.goto("/notifications");
      await page.getByText("30 days").first().waitFor();
      expect(await page.locator("main img").count()).toBe(0);
      expect(await page.getByRole("link", { name: "Trap" }).count()).toBe(0);
      const link = page.getByRole("link", { name: "View workspace" }).first();
      expect(await link.getAttribute("href")).toBe("/@alice/dev");
    }));

  it("are refused one by one", () =>
    story(browser, async (page, mock) => {
      await page.goto("/settings/notifications");
      const wish = page.getByRole("switch", { name: "Workspace deleted" });
      await expect.poll(() => wish.isChecked()).toBe(true);
      expect(await page.getByRole("switch", { name: "Workspace marked as dormant" }).isChecked()).toBe(false);
      await wish.click({ force: true });
      await expect.poll(() => mock.world.account.preferences.map(({ disabled }) => disabled)).toEqual([true]);
    }));
});
