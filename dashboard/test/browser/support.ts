import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { AxeResults } from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const SCREENS = fileURLToPath(new URL("screens/", import.meta.url));

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
    timeout: 90_000,
  });
}

/** A page together with everything that went wrong in it. */
export interface Watched {
  page: Page;
  violations: string[];
  errors: string[];
}

export async function open(browser: Browser, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const violations: string[] = [];
  const errors: string[] = [];
  await page.exposeBinding("reportViolation", (_source, text: string) => void violations.push(text));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const report = (window as unknown as { reportViolation: (text: string) => void }).reportViolation;
      report(
        `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`,
      );
    });
  });
  page.on("console", (message) => {
    const text = message.text();
    if (/content security policy/i.test(text)) violations.push(text);
    // Refusals that a test provokes are in the console as well, as failed requests.
    else if (message.type() === "error" && !text.startsWith("Failed to load resource")) errors.push(text);
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  return { page, violations, errors };
}

/** For human eyes, and only when they ask: `SCREENS=1 npm run test:browser`. */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (process.env.SCREENS === undefined) return;
  await page.waitForLoadState("networkidle");
  mkdirSync(SCREENS, { recursive: true });
  await page.screenshot({ path: `${SCREENS}${name}.png`, fullPage: true });
}

/** What a checker of accessibility finds on the page as it stands. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const results = (await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'], rules: { region: { enabled: false } } })",
  )) as AxeResults;
  return results.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join(" | ")}`,
  );
}
