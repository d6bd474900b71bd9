import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { id } from "../server/fixtures";
import { accessibilityFaults, launch } from "./support";
import { story } from "./withMock";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe("a template", () => {
  it("is renamed, and its page follows", () =>
    story(browser, async (page, mock) => {
      await page.goto("/templates/default/java");
      await page.getByRole("link", { name: "Settings" }).click();
      await page.getByRole("textbox", { name: /^Name/ }).fill("jvm");
      await page.getByRole("button", { name: "Save" }).click();
      await expect.poll(() => new URL(page.url()).pathname).toBe("/templates/default/jvm/settings/general");
      expect(mock.world.templates[0]?.name).toBe("jvm");
    }));

  it("stops workspaces after hours, and on some days", () =>
    story(browser, async (page, mock) => {
      await page.goto("/templates/default/java/settings/schedule");
      await page.getByLabel("Stop after, hours").fill("2.5");
      await page.getByRole("region", { name: "Stopping" }).getByRole("button", { name: "Save" }).click();
      await expect.poll(() => mock.world.templates[0]?.default_ttl_ms).toBe(9_000_000);
      const days = page.getByRole("region", { name: "Days" });
      await days
        .getByRole("group", { name: "Days on which every workspace must stop once" })
        .getByText("Sun")
        .click();
      await days.getByRole("button", { name: "Save" }).click();
      await expect.poll(() => mock.world.templates[0]?.autostop_requirement.days_of_week).toEqual(["sunday"]);
      expect(mock.world.templates[0]?.autostart_requirement.days_of_week).toHaveLength(5);
    }));

  it("is given to a person and taken from a group", () =>
    story(browser, async (page, mock) => {
      await page.goto("/templates/default/java/settings/permissions");
      await page.getByRole("combobox", { name: "Person or group" }).fill("bob");
      await page.getByRole("option", { name: /^bob/ }).click();
      await page.getByRole("button", { name: "Add", exact: true }).click();
      await page.getByRole("button", { name: "Remove bob" }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole("button", { name: "Remove Everyone" }).click();
      await page.getByRole("button", { name: "Remove Everyone" }).waitFor({ state: "detached" });
      expect([...mock.world.templateAccess]).toEqual([[id(1, 2), "use"]]);
    }));

  it("has versions that are promoted and archived, but never the active one", () =>
    story(browser, async (page, mock) => {
      await page.goto("/templates/default/java/settings/versions");
      await page.getByRole("button", { name: "Promote quiet_arch1" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Promote" }).click();
      await expect.poll(() => mock.world.templates[0]?.active_version_id).toBe(id(3, 1));
      const own = page.getByRole("button", { name: "Archive quiet_arch1" });
      await expect.poll(() => own.getAttribute("aria-disabled")).toBe("true");
      await page.getByRole("button", { name: "Archive quiet_arch2" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Archive" }).click();
      await page.getByRole("button", { name: "Archive quiet_arch2" }).waitFor({ state: "detached" });
      await page.getByRole("switch", { name: "Show archived ones too" }).check({ force: true });
      await page.getByRole("button", { name: "Bring back quiet_arch2" }).waitFor();
    }));

  it("never shows the value of a sensitive variable", () =>
    story(browser, async (page) => {
      await page.goto("/templates/default/java/settings/variables");
      await page.getByText("Kept secret").first().waitFor();
      expect(await page.getByText("leaked-key").count()).toBe(0);
    }));
});

describe("a workspace", () => {
  it("starts by itself at a time on some days, and stops after hours", () =>
    story(browser, async (page, mock) => {
      await page.goto("/@alice/dev/settings/schedule");
      const start = page.getByRole("region", { name: "Start by itself" });
      await start.getByRole("switch", { name: "Start by itself" }).check({ force: true });
      await start.getByLabel("Time", { exact: true }).fill("07:45");
      await start.getByRole("button", { name: "Save" }).click();
      await expect
        .poll(() => mock.world.workspaces[0]?.autostart_schedule)
        .toMatch(/^CRON_TZ=\S+ 45 7 \* \* 1,2,3,4,5$/);
      const stop = page.getByRole("region", { name: "Stop by itself" });
      await stop.getByLabel("Stop after, hours").fill("6");
      await stop.getByRole("button", { name: "Save" }).click();
      await expect.poll(() => mock.world.workspaces[0]?.ttl_ms).toBe(21_600_000);
    }));

  it("is shared with a group and no longer with a person", () =>
    story(browser, async (page, mock) => {
      await page.goto("/@alice/dev/settings/sharing");
      await page.getByRole("button", { name: "Remove bob" }).click();
      await page.getByRole("heading", { name: "Nobody yet" }).waitFor();
      await page.getByRole("combobox", { name: "Person or group" }).fill("platform");
      await page.getByRole("option", { name: "Platform team" }).click();
      await page.getByRole("button", { name: "Add", exact: true }).click();
      await page.getByRole("button", { name: "Remove Platform team" }).waitFor();
      expect([...mock.world.workspaceAccess]).toEqual([[id(0, 101), "use"]]);
    }));

  it("shares a port no wider than its template allows", () =>
    story(browser, async (page, mock) => {
      await page.goto("/@alice/dev/settings/ports");
      await page.getByRole("combobox", { name: "With" }).click();
      await page.getByRole("option", { name: "Members of the organization" }).waitFor();
      expect(await page.getByRole("option", { name: "Everybody", exact: true }).count()).toBe(0);
      await page.getByRole("option", { name: "Members of the organization" }).click();
      await page.getByLabel("Port", { exact: true }).fill("70000");
      await page.getByRole("button", { name: "Share", exact: true }).click();
      await page.getByText("From 1 to 65535.").waitFor();
      await page.getByLabel("Port", { exact: true }).fill("8443");
      await page.getByRole("button", { name: "Share", exact: true }).click();
      await page.getByRole("button", { name: "Stop sharing 8443" }).waitFor();
      await page.getByRole("button", { name: "Stop sharing 3000" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Stop sharing" }).click();
      await expect.poll(() => mock.world.portShares.map(({ port }) => port)).toEqual([8443]);
    }));

  it("is renamed, with the refusal beside the field, and put to sleep", () =>
    story(browser, async (page, mock) => {
      await page.goto("/@alice/dev/settings/general");
      await page.getByRole("textbox", { name: /^Name/ }).fill("experiment");
      await page.getByRole("button", { name: "Rename" }).click();
      await page.getByText("This value is already in use").waitFor();
      await page.getByRole("textbox", { name: /^Name/ }).fill("work");
      await page.getByRole("button", { name: "Rename" }).click();
      await expect.poll(() => new URL(page.url()).pathname).toBe("/@alice/work/settings/general");
      await page.getByRole("button", { name: "Put it to sleep" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Put it to sleep" }).click();
      await page.getByRole("button", { name: "Wake it up" }).waitFor();
      expect(mock.world.workspaces[0]?.dormant_at).toBeTruthy();
    }));

  it("starts anew with other parameters, except those that are fixed", () =>
    story(browser, async (page, mock) => {
      await page.goto("/@alice/experiment/settings/parameters");
      await page.getByText("https://example.com/a.git").waitFor();
      expect(await page.getByLabel("Memory, GiB").inputValue()).toBe("8");
      await page.getByLabel("Memory, GiB").fill("99");
      await page.getByRole("button", { name: "Save and start" }).click();
      await page.getByText("Between 1 and 16, not 99.").waitFor();
      await page.getByLabel("Memory, GiB").fill("12");
      await page.getByRole("button", { name: "Save and start" }).click();
      await page.getByRole("status").getByText("Starting").waitFor();
      expect(mock.world.workspaces[1]?.latest_build.transition).toBe("start");
    }));
});

describe("the deployment", () => {
  it("says how it is, with codes and causes, and no longer what was dismissed", () =>
    story(browser, async (page, mock) => {
      await page.goto("/deployment/health");
      await page.getByText("EACS02").waitFor();
      await page.getByText("No provisioner is there.").waitFor();
      await page.getByRole("button", { name: "Dismiss Access URL" }).click();
      await page.getByRole("button", { name: "Watch Access URL" }).waitFor();
      expect(mock.world.deployment.dismissed).toEqual(["AccessURL"]);
    }));

  it("shows each setting with its source, but no secret", () =>
    story(browser, async (page) => {
      await page.goto("/deployment/settings");
      await page.getByText("https://cloister.example.com").waitFor();
      await page.getByText("Environment", { exact: true }).waitFor();
      expect(await page.getByText("leaked-password").count()).toBe(0);
      await page.getByRole("searchbox", { name: "Search settings" }).fill("postgres");
      await page.keyboard.press("Enter");
      await page.getByText("https://cloister.example.com").waitFor({ state: "detached" });
    }));

  it("announces what everybody is to read, as text", () =>
    story(browser, async (page, mock) => {
      await page.goto("/deployment/appearance");
      await page.getByLabel("Name of the product").fill("Our cloister");
      await page.getByRole("button", { name: "Add a banner" }).click();
      await page.getByLabel("Text").fill("<b>Maintenance</b> at noon");
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByRole("link", { name: "Our cloister" }).waitFor();
      await page.goto("/workspaces");
      await page.getByText("<b>Maintenance</b> at noon").waitFor();
      expect(mock.world.deployment.appearance.announcement_banners).toHaveLength(1);
    }));

  it("sends by other ways, or not at all", () =>
    story(browser, async (page, mock) => {
      await page.goto("/deployment/notifications");
      await page.getByRole("combobox", { name: "How Workspace deleted is sent" }).click();
      await page.getByRole("option", { name: "Webhook" }).click();
      await expect.poll(() => mock.world.inbox.templates[0]?.method).toBe("webhook");
      await page.getByRole("switch", { name: "Send notifications" }).click({ force: true });
      await page.getByText("Nothing is sent at present").waitFor();
    }));
});
