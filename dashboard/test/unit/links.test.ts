import { describe, expect, it } from "vitest";
import type { WorkspaceApp } from "@/api/types";
import { appLink, webAddress } from "@/modules/links";
import { agent, workspace } from "../server/fixtures";

const dev = workspace(1, "dev");
const main = agent(1);
const page = { protocol: "https:", port: "8443" };
const app = (more: Partial<WorkspaceApp>): WorkspaceApp => ({
  id: "1",
  slug: "web",
  external: false,
  hidden: false,
  health: "healthy",
  subdomain: false,
  sharing_level: "owner",
  ...more,
});

describe("the link of an app", () => {
  const onHost = app({ subdomain: true, subdomain_name: "web--main--dev--alice" });

  it("leads to a host name of its own", () => {
    expect(appLink(onHost, dev, main, "*.apps.example.com", page)).toEqual({
      href: "https://web--main--dev--alice.apps.example.com:8443/",
    });
    expect(appLink(onHost, dev, main, "*--x.example.com:9000", page)).toEqual({
      href: "https://web--main--dev--alice--x.example.com:9000/",
    });
  });

  it("says so where there is no wildcard host name", () => {
    expect(appLink(onHost, dev, main, "", page)).toHaveProperty("unavailable");
  });

  it("can be a path of the server", () => {
    expect(appLink(app({}), dev, main, "", page)).toEqual({ href: "/@alice/dev.main/apps/web/" });
  });

  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "blob:x",
    "file:///etc/passwd",
    "",
    "x",
  ])("is never %j", (url) => {
    expect(appLink(app({ external: true, url }), dev, main, "", page)).toHaveProperty("unavailable");
  });

  it("may open an editor", () => {
    const url = "vscode://publisher.extension/open?workspace=dev";
    expect(appLink(app({ external: true, url }), dev, main, "", page)).toEqual({ href: url });
  });
});

describe("an address in a terminal", () => {
  it("is one of the web or nothing", () => {
    expect(webAddress("https://example.com/a")?.host).toBe("example.com");
    expect(webAddress("javascript:alert(1)")).toBeUndefined();
    expect(webAddress("file:///etc/passwd")).toBeUndefined();
    expect(webAddress("not an address")).toBeUndefined();
  });
});
