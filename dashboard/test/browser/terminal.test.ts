import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MockServer } from "../server/MockServer";
import { launch } from "./support";
import { story } from "./withMock";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const rows = (page: Page) => page.locator(".xterm-rows");

async function openTerminal(page: Page): Promise<void> {
  await page.goto("/@alice/dev/terminal");
  await page.getByText("Connected").waitFor();
  await rows(page).getByText("alice@dev").waitFor();
}

/** What a program in the workspace prints. */
function print(mock: MockServer, text: string): void {
  for (const terminal of mock.streams.terminals) terminal.send(Buffer.from(text));
}

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((content) => {
    const data = new DataTransfer();
    data.setData("text/plain", content);
    const target = document.querySelector(".xterm-helper-textarea");
    target?.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, text);
}

describe("the terminal", () => {
  it("sends what is typed and shows what comes, in the colours it comes in", () =>
    story(browser, async (page, mock) => {
      await openTerminal(page);
      await page.keyboard.type("echo hällo 😀");
      await page.keyboard.press("Enter");
      await expect.poll(() => mock.streams.typed).toBe("echo hällo 😀\r");
      await rows(page).getByText("echo hällo 😀").waitFor();
      const prompt = rows(page).locator("span", { hasText: "alice@dev" }).first();
      // The terminal draws its rows anew at any time: an element found a moment ago may be gone.
      await expect
        .poll(() => prompt.evaluate((element) => getComputedStyle(element).color))
        .toBe("rgb(120, 200, 160)");
    }));

  it("finds its session and screen again after a reload", () =>
    story(browser, async (page) => {
      await openTerminal(page);
      const address = page.url();
      expect(new URL(address).searchParams.get("reconnect")).toMatch(/^[0-9a-f-]{36}$/);
      await page.keyboard.type("vim notes");
      await rows(page).getByText("vim notes").waitFor();
      await page.reload();
      await rows(page).getByText("vim notes").waitFor();
      expect(page.url()).toBe(address);
    }));

  it("comes back by itself, and says meanwhile that it is away", () =>
    story(browser, async (page, mock) => {
      await openTerminal(page);
      await page.keyboard.type("before");
      await rows(page).getByText("before").waitFor();
      mock.streams.terminalsDown = true;
      for (const terminal of mock.streams.terminals) terminal.terminate();
      await page.getByText("Disconnected").waitFor();
      mock.streams.terminalsDown = false;
      await page.getByText("Connected", { exact: true }).waitFor();
      await rows(page).getByText("before").waitFor();
    }));

  it("ends when the shell ends, and opens again only when asked", () =>
    story(browser, async (page, mock) => {
      await openTerminal(page);
      for (const terminal of mock.streams.terminals) terminal.close(1000);
      await page.getByText("The session has ended").waitFor();
      await page.getByRole("button", { name: "Open again" }).click();
      await page.getByText("Connected", { exact: true }).waitFor();
      await rows(page).getByText("alice@dev").waitFor();
      await page.keyboard.type("again");
      await expect.poll(() => mock.streams.typed).toBe("again");
    }));

  it("says why it was refused", () =>
    story(browser, async (page, mock) => {
      await openTerminal(page);
      for (const terminal of mock.streams.terminals) terminal.close(1008, "the session was ended");
      await page.getByText("Refused: the session was ended").waitFor();
    }));

  it("gives way when the workspace stops", () =>
    story(browser, async (page, mock) => {
      await openTerminal(page);
      const dev = mock.world.workspaces[0];
      if (dev === undefined) throw new Error("no workspace");
      mock.world.begin(dev, "stop");
      mock.streams.publish(dev);
      await page.getByRole("heading", { name: "dev has no terminal now" }).waitFor();
    }));

  it("does not let a program write to the clipboard or deceive by the title", () =>
    story(
      browser,
      async (page, mock) => {
        await openTerminal(page);
        await page.evaluate(() => navigator.clipboard.writeText("mine"));
        print(mock, `\u001b]52;c;${Buffer.from("rm -rf ~").toString("base64")}\u0007`);
        print(mock, "\u001b]0;make \u202eevil\u0007");
        await expect.poll(() => page.title()).toBe("make evil · dev · Cloister");
        expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("mine");
      },
      { permissions: ["clipboard-read", "clipboard-write"] },
    ));

  it("asks before it opens a link, and shows where it really leads", () =>
    story(browser, async (page, mock) => {
      await openTerminal(page);
      print(
        mock,
        "\r\n\u001b]8;;https://evil.example/path\u001b\\https://bank.example\u001b]8;;\u001b\\ \r\n",
      );
      const link = rows(page).getByText("https://bank.example");
      await link.waitFor();
      const box = await link.boundingBox();
      if (box === null) throw new Error("no link");
      await page.mouse.move(box.x + 20, box.y + 5);
      await page.mouse.move(box.x + 25, box.y + 6);
      await page.mouse.click(box.x + 25, box.y + 6);
      const dialog = page.getByRole("dialog", { name: "Open this address?" });
      await dialog.getByText("https://evil.example/path").waitFor();
      await dialog.getByRole("button", { name: "Cancel" }).click();
      expect(page.context().pages()).toHaveLength(1);
    }));

  it("asks before it pastes several lines, and strips what would end a bracketed paste", () =>
    story(browser, async (page, mock) => {
      await openTerminal(page);
      await paste(page, "one\ntwo\n");
      const dialog = page.getByRole("dialog", { name: "Paste several lines?" });
      await dialog.getByRole("button", { name: "Cancel" }).click();
      await dialog.waitFor({ state: "hidden" });
      expect(mock.streams.typed).toBe("");
      print(mock, "\u001b[?2004h");
      await expect
        .poll(async () => {
          mock.streams.typed = "";
          await paste(page, "x\u001b[201~y");
          await expect.poll(() => mock.streams.typed).not.toBe("");
          return mock.streams.typed;
        })
        .toBe("\u001b[200~x[201~y\u001b[201~");
    }));

  it("lets the keyboard leave by Ctrl+F6", () =>
    story(browser, async (page) => {
      await openTerminal(page);
      await page.keyboard.press("Tab");
      await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toContain("xterm");
      await page.keyboard.press("Control+F6");
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Workspace");
    }));
});
