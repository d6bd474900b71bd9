import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import { MockServer } from "../server/MockServer";
import { open } from "./support";

/** Runs a story in a page of its own against a server of its own; at its end nothing may have been violated. */
export async function story(
  browser: Browser,
  tell: (page: Page, mock: MockServer) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  const mock = await MockServer.start();
  const { page, violations, errors } = await open(browser, { baseURL: mock.origin, ...options });
  try {
    await tell(page, mock);
    expect(violations).toEqual([]);
    expect(errors).toEqual([]);
  } finally {
    await page.context().close();
    await mock.stop();
  }
}
