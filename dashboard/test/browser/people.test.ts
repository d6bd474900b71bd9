import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { user } from "../server/fixtures";
import { accessibilityFaults, launch } from "./support";
import { story } from "./withMock";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe("users", () => {
  it("by the hundred are paged and filtered by the server", () =>
    story(browser, async (page, mock) => {
      for (let number = 10; number < 400; number += 1) mock.world.users.push(user(number, `person${number}`));
      await page.goto("/users");
      await page.getByText("1–25 of 394").waitFor();
      await page.getByRole("button", { name: "Next" }).click();
      await page.getByText("26–50 of 394").waitFor();
      await page.getByRole("combobox", { name: "Status" }).click();
      await page.getByRole("option", { name: "Suspended" }).click();
      await page.getByText("1–1 of 1").waitFor();
      expect(new URL(page.url()).searchParams.get("status")).toBe("suspended");
      await page.getByRole("link", { name: "carol" }).waitFor();
    }));

  it("that are programs need neither address nor password", () =>
    story(browser, async (page, mock) => {
      await page.goto("/users");
      await page.getByRole("button", { name: "Create user" }).click();
      const dialog = page.getByRole("dialog", { name: "Create user" });
      await dialog.getByLabel("User name").fill("robot");
      await dialog.getByRole("switch", { name: "Service account" }).check();
      await dialog.getByRole("button", { name: "Create user" }).click();
      await page.getByRole("link", { name: "robot", exact: true }).waitFor();
      expect(mock.world.users.at(-1)).toMatchObject({ is_service_account: true, login_type: "none" });
    }));

  it("have their names shown as text, whatever they are", () =>
    story(browser, async (page, mock) => {
      mock.world.users.push(user(9, "eve", { name: '<img src=x onerror="document.title=1">' }));
      await page.goto("/users/eve");
      await page.getByText('<img src=x onerror="document.title=1">').waitFor();
      expect(await page.title()).toBe("eve · Cloister");
    }));
});

describe("a person", () => {
  it("is given roles, and takes them away from nobody by accident", () =>
    story(browser, async (page, mock) => {
      await page.goto("/users/bob");
      const save = page.getByRole("button", { name: "Save roles" });
      await save.waitFor();
      expect(await save.getAttribute("aria-disabled")).toBe("true");
      await page.getByRole("checkbox", { name: "Auditor" }).check();
      await page.getByRole("checkbox", { name: "Night watch" }).check();
      await save.click();
      await page.getByText("The roles are saved.").waitFor();
      expect(mock.world.users[1]?.roles.map((role) => role.name)).toEqual(["auditor", "night-watch"]);
    }));

  it("is told where each right comes from, and what takes one away", () =>
    story(browser, async (page, mock) => {
      await page.goto("/users/bob");
      await page.getByText("no-shell takes away ssh").waitFor();
      await page.getByText("organization-workspace-access, which everybody there has").waitFor();
      await page.getByText("through the group platform").waitFor();
      await page.getByRole("combobox", { name: "Kind of thing" }).click();
      await page.getByRole("option", { name: "audit log" }).click();
      await expect.poll(() => mock.calls.at(-1)).toContain("resource_type=audit_log");
      expect(await accessibilityFaults(page)).toEqual([]);
    }));

  it("gets a new password by a rule-abiding administrator", () =>
    story(browser, async (page, mock) => {
      await page.goto("/users/bob");
      await page.getByRole("button", { name: "Reset password" }).click();
      const dialog = page.getByRole("dialog", { name: "New password for bob" });
      await dialog.getByLabel(/^New password/).fill("short");
      await dialog.getByRole("button", { name: "Set the password" }).click();
      expect(mock.calls.some((call) => call.includes("/password"))).toBe(false);
      await dialog.getByLabel(/^New password/).fill("ladder cloud nine");
      expect(await accessibilityFaults(page)).toEqual([]);
      await dialog.getByRole("button", { name: "Set the password" }).click();
      await page.getByText("bob has a new password.").waitFor();
    }));

  it("is given a code with which they set a password of their own", () =>
    story(browser, async (page, mock) => {
      await page.goto("/users/bob");
      await page.getByRole("button", { name: "Reset password" }).click();
      const dialog = page.getByRole("dialog", { name: "New password for bob" });
      await dialog.getByRole("button", { name: "Make a one-time code" }).click();
      await dialog.getByText(mock.world.oneTimeCode).waitFor();
      await dialog.getByRole("button", { name: "Done" }).click();
      await page.getByText(mock.world.oneTimeCode).waitFor({ state: "detached" });
    }));

  it("is deleted only after the name was typed", () =>
    story(browser, async (page, mock) => {
      await page.goto("/users/carol");
      await page.getByRole("button", { name: "Delete" }).click();
      const dialog = page.getByRole("dialog", { name: "Delete carol?" });
      const deed = dialog.getByRole("button", { name: "Delete" });
      expect(await deed.isDisabled()).toBe(true);
      await dialog.getByRole("textbox").fill("carol");
      await deed.click();
      await page.getByRole("heading", { name: "Users" }).waitFor();
      expect(mock.world.users.some((each) => each.username === "carol")).toBe(false);
    }));
});

describe("an organization", () => {
  it("is created, with the server's refusal beside the field", () =>
    story(browser, async (page) => {
      await page.goto("/organizations");
      await page.getByRole("button", { name: "Create organization" }).click();
      const dialog = page.getByRole("dialog", { name: "Create organization" });
      await dialog.getByLabel(/^Name/).fill("research");
      await dialog.getByRole("button", { name: "Create organization" }).click();
      await dialog.getByText("This value is already in use").waitFor();
      await dialog.getByLabel(/^Name/).fill("finance");
      await dialog.getByRole("button", { name: "Create organization" }).click();
      await page.getByRole("heading", { name: "Groups" }).waitFor();
      expect(new URL(page.url()).pathname).toBe("/organizations/finance/groups");
    }));

  it("gains a member that was found by typing, gives a role and lets go", () =>
    story(browser, async (page, mock) => {
      await page.goto("/organizations/default/members");
      await page.getByRole("button", { name: "Add member" }).click();
      const dialog = page.getByRole("dialog", { name: "Add member" });
      await dialog.getByRole("combobox", { name: "Person" }).fill("carol");
      await page.getByRole("option", { name: /^carol/ }).click();
      await dialog.getByRole("button", { name: "Add member" }).click();
      await page.getByRole("button", { name: "Roles of carol" }).click();
      const roles = page.getByRole("dialog", { name: "Roles of carol" });
      await roles.getByRole("checkbox", { name: "Template helper" }).check();
      await roles.getByRole("button", { name: "Save roles" }).click();
      await page.getByRole("cell", { name: "Template helper" }).waitFor();
      await page.getByRole("button", { name: "Remove carol" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
      await page.getByRole("button", { name: "Remove carol" }).waitFor({ state: "detached" });
      expect(mock.world.members.size).toBe(2);
    }));

  it("has groups whose members and allowance are changed", () =>
    story(browser, async (page, mock) => {
      await page.goto("/organizations/default/groups");
      await page.getByRole("button", { name: "Create group" }).click();
      const dialog = page.getByRole("dialog", { name: "Create group" });
      await dialog.getByLabel(/^Name/).fill("compilers");
      await dialog.getByLabel("Quota allowance").fill("40");
      await dialog.getByRole("button", { name: "Create group" }).click();
      await page.getByText("40 credits each").waitFor();
      await page.getByRole("combobox", { name: "Person" }).fill("bob");
      await page.getByRole("option", { name: /^bob/ }).click();
      await page.getByRole("button", { name: "Add", exact: true }).click();
      await page.getByRole("button", { name: "Remove bob" }).click();
      await page.getByRole("heading", { name: "No members" }).waitFor();
      expect(mock.world.groups.at(-1)).toMatchObject({ name: "compilers", quota_allowance: 40 });
    }));
});

describe("a role of one's own", () => {
  it("gives some rights and takes others away", () =>
    story(browser, async (page, mock) => {
      await page.goto("/organizations/default/roles");
      await page.getByRole("link", { name: "Create role" }).click();
      await page.getByLabel(/^Name/).fill("no-shell");
      const rights = page.getByRole("region", { name: "Rights on everything in the organization" });
      await rights.getByRole("combobox", { name: /^Add a kind of thing/ }).click();
      await page.getByRole("option", { name: "template", exact: true }).click();
      await page.getByRole("button", { name: "Save role" }).click();
      await page.getByRole("alert").getByText("Choose an action for template").waitFor();
      await rights
        .getByRole("group", { name: "Allowed: template" })
        .getByText("read", { exact: true })
        .click();
      await rights.getByRole("combobox", { name: /^Effect/ }).click();
      await page.getByRole("option", { name: "Deny" }).click();
      await rights.getByRole("combobox", { name: /^Add a kind of thing/ }).fill("workspace");
      await page.getByRole("option", { name: "workspace", exact: true }).click();
      await rights.getByRole("group", { name: "Denied: workspace" }).getByText("ssh").click();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole("button", { name: "Save role" }).click();
      await page.getByRole("button", { name: "Delete no-shell" }).waitFor();
      expect(mock.world.organizationRoles.at(-1)?.organization_permissions).toEqual([
        { resource_type: "template", action: "read", negate: false },
        { resource_type: "workspace", action: "ssh", negate: true },
      ]);
    }));

  it("is changed without losing what the editor does not know", () =>
    story(browser, async (page, mock) => {
      const role = mock.world.siteRoles.at(-1);
      role?.site_permissions.push({ resource_type: "future_thing", action: "fold", negate: false });
      await page.goto("/deployment/roles");
      await page.getByRole("link", { name: "Edit night-watch" }).click();
      await page.getByRole("group", { name: "Allowed: workspace" }).getByText("start").click();
      await page.getByRole("button", { name: "Save role" }).click();
      await page.getByText("The role is saved.").waitFor();
      const saved = mock.world.siteRoles
        .at(-1)
        ?.site_permissions.map((each) => `${each.resource_type} ${each.action}`);
      expect(saved).toContain("future_thing fold");
      expect(saved).toContain("workspace start");
    }));

  it("cannot be made of a role of the product", () =>
    story(browser, async (page) => {
      await page.goto("/deployment/role?name=auditor");
      await page.getByRole("button", { name: "Save role" }).focus();
      await page.getByRole("tooltip", { name: "The roles of the product cannot be changed." }).waitFor();
    }));
});

describe("a server that lacks an operation", () => {
  it("is said to, instead of a broken page", () =>
    story(browser, async (page, mock) => {
      mock.overrides.set("GET /api/v2/organizations/default/groups", {
        status: 404,
        body: { message: "Route not found." },
      });
      mock.overrides.set("GET /api/v2/users/roles", { status: 501, body: { message: "Roles come later." } });
      await page.goto("/organizations/default/groups");
      await page.getByRole("heading", { name: "Not offered by this server" }).waitFor();
      await page.goto("/deployment/roles");
      await page.getByText("Roles come later.").waitFor();
    }));
});
