import { describe, expect, it } from "vitest";
import { HOME, isServerPath, safeReturnPath } from "@/modules/returnPath";

const ORIGIN = "https://cloister.example.com";
const back = (wish?: string) => safeReturnPath(wish, ORIGIN);

describe("the page to return to after signing in", () => {
  it("keeps a path of this origin with its query and fragment", () => {
    expect(back("/@alice/dev?tab=log#end")).toBe("/@alice/dev?tab=log#end");
    expect(back("/api/v2/applications/auth-redirect?redirect_uri=https%3A%2F%2Fapp")).toBe(
      "/api/v2/applications/auth-redirect?redirect_uri=https%3A%2F%2Fapp",
    );
  });

  it.each([
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/\n/evil.example",
    " //evil.example",
    "workspaces",
    "/..//evil.example",
    "/./\\evil.example",
    "",
  ])("refuses %j", (wish) => {
    const path = back(wish);
    expect(new URL(path, ORIGIN).origin).toBe(ORIGIN);
    expect(path).toBe(HOME);
  });

  it("does not lead back to the login page", () => {
    expect(back("/login?redirect=%2Flogin")).toBe(HOME);
    expect(back("/")).toBe(HOME);
    expect(back(undefined)).toBe(HOME);
    expect(back(`/${"a".repeat(3000)}`)).toBe(HOME);
  });

  it("knows which paths the server answers itself", () => {
    expect(isServerPath("/api/v2/applications/auth-redirect")).toBe(true);
    expect(isServerPath("/@alice/dev.main/apps/web/")).toBe(true);
    expect(isServerPath("/@alice/dev")).toBe(false);
    expect(isServerPath("/workspaces")).toBe(false);
  });
});
