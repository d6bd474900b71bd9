import type { Workspace, WorkspaceAgent, WorkspaceApp } from "@/api/types";

/** Schemes of editors' own links; anything that runs script in our page is absent. */
const EXTERNAL_SCHEMES = new Set([
  "http:",
  "https:",
  "vscode:",
  "vscode-insiders:",
  "cursor:",
  "windsurf:",
  "zed:",
  "jetbrains:",
  "jetbrains-gateway:",
  "ssh:",
]);

export type AppLink = { href: string } | { unavailable: string };

/** Where an app opens. A template's author chose its address, so its scheme is checked. */
export function appLink(
  app: WorkspaceApp,
  workspace: Workspace,
  agent: WorkspaceAgent,
  wildcardHost: string,
  page: { protocol: string; port: string },
): AppLink {
  if (app.external) return externalLink(app.url);
  if (app.subdomain) {
    if (wildcardHost === "" || !app.subdomain_name) {
      return {
        unavailable: "Apps open on a host name of their own, and this server has no wildcard host name.",
      };
    }
    const host = wildcardHost.replace("*", app.subdomain_name);
    const port = page.port === "" || host.includes(":") ? "" : `:${page.port}`;
    return { href: `${page.protocol}//${host}${port}/` };
  }
  const segments = [workspace.owner_name, `${workspace.name}.${agent.name}`, app.slug].map(
    encodeURIComponent,
  );
  return { href: `/@${segments[0]}/${segments[1]}/apps/${segments[2]}/` };
}

function externalLink(url: string | undefined): AppLink {
  const address = parse(url);
  if (address === undefined || !EXTERNAL_SCHEMES.has(address.protocol)) {
    return { unavailable: "The template gives this link an address that is not allowed." };
  }
  return { href: address.href };
}

/** A web address in text of unknown origin, or undefined if it is anything else. */
export function webAddress(text: string): URL | undefined {
  const address = parse(text);
  return address && (address.protocol === "https:" || address.protocol === "http:") ? address : undefined;
}

/** Where a notification's action leads: a page of ours by its path, or a web address elsewhere. */
export function actionLink(url: string, origin: string): string | undefined {
  const address = webAddress(url.startsWith("/") ? `${origin}${url}` : url);
  if (address === undefined) return undefined;
  return address.origin === origin ? `${address.pathname}${address.search}${address.hash}` : address.href;
}

function parse(text: string | undefined): URL | undefined {
  if (text === undefined) return undefined;
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
