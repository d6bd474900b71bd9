import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import type { Reply } from "./replies";
import { answer } from "./routes";
import { Streams } from "./streams";
import { World } from "./world";

const DIST = fileURLToPath(new URL("../../dist", import.meta.url));
const TYPES: Record<string, string> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".html": "text/html; charset=utf-8",
};

/** The policy of the real server, word for word. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
  ].join("; ");
}

/** Serves the built dashboard under its policy, and canned answers of the API. */
export class MockServer {
  readonly world = new World();
  readonly streams = new Streams(this.world);
  /** Overrides of single routes, `GET /api/v2/...` to a reply. */
  readonly overrides = new Map<string, Reply>();
  readonly calls: string[] = [];
  /** Told of each call before it is answered, so that a story can change the world at exactly that moment. */
  beforeAnswer: ((call: string) => void) | undefined;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => void this.handle(request, response));
    this.server.on("upgrade", (request, socket, head) => this.streams.upgrade(request, socket, head));
  }

  static async start(): Promise<MockServer> {
    const mock = new MockServer();
    await new Promise<void>((done) => mock.server.listen(0, "127.0.0.1", done));
    return mock;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.streams.stop();
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? "/", this.origin).pathname;
    if (path.startsWith("/api/")) await this.handleApi(request, response);
    else await this.handleFile(path, response);
  }

  private async handleApi(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.origin);
    const call = `${request.method} ${url.pathname}`;
    this.calls.push(`${request.method} ${url.pathname}${url.search}`);
    const body = await readBody(request);
    this.beforeAnswer?.(call);
    const reply = this.overrides.get(call) ?? answer(this.world, request, url, body);
    response.writeHead(reply.status, {
      "Content-Type": "application/json; charset=utf-8",
      "X-Request-Id": "4b1d9a52-0000-4000-8000-00000000beef",
    });
    response.end(reply.body === undefined ? "" : JSON.stringify(reply.body));
  }

  private async handleFile(path: string, response: ServerResponse): Promise<void> {
    const nonce = randomBytes(16).toString("base64");
    const isAsset = path.startsWith("/assets/") || path === "/favicon.svg";
    const file = join(DIST, isAsset ? normalize(path) : "index.html");
    try {
      const content = await readFile(file);
      const type = TYPES[extname(file)] ?? "application/octet-stream";
      response.writeHead(200, {
        "Content-Type": type,
        "Content-Security-Policy": contentSecurityPolicy(nonce),
      });
      response.end(isAsset ? content : content.toString().replaceAll("__CSP_NONCE__", nonce));
    } catch {
      response.writeHead(404).end();
    }
  }
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text === "" ? undefined : JSON.parse(text);
}
