import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { AgentMetadata, InboxNotification, Workspace } from "@/api/types";
import { id } from "./fixtures";
import type { World } from "./world";

/** The stand-in server's WebSockets: watches, logs and terminals. */
export class Streams {
  private readonly sockets = new WebSocketServer({ noServer: true });
  private readonly watchers = new Map<WebSocket, string>();
  readonly terminals = new Set<WebSocket>();
  private readonly inboxes = new Set<WebSocket>();
  /** Everything terminals were sent, as text. */
  typed = "";
  /** Whether the next attempts to open a terminal are refused as by a server that is away. */
  terminalsDown = false;

  constructor(private readonly world: World) {}

  /** Breaks every connection off. */
  cut(): void {
    for (const socket of this.sockets.clients) socket.terminate();
  }

  stop(): void {
    this.cut();
    this.sockets.close();
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? "/", "http://host");
    const path = url.pathname.replace("/api/v2", "");
    if (this.terminalsDown && path.endsWith("/pty")) {
      socket.end("HTTP/1.1 503 Service Unavailable\r\n\r\n");
      return;
    }
    this.sockets.handleUpgrade(request, socket, head, (opened) => {
      if (path.endsWith("/watch-ws")) this.watch(opened, path.split("/")[2] ?? "");
      else if (path.endsWith("/watch-metadata-ws")) sendMetadata(opened);
      else if (path.startsWith("/workspacebuilds/"))
        this.buildLog(opened, Number(url.searchParams.get("after")));
      else if (path.endsWith("/logs")) agentLog(opened);
      else if (path.endsWith("/pty")) this.terminal(opened, url.searchParams.get("reconnect") ?? "");
      else if (path.endsWith("/inbox/watch")) this.inboxes.add(opened);
      else opened.close(1008);
    });
  }

  /** Tells everybody who watches the workspace how it is now. */
  publish(workspace: Workspace): void {
    for (const [socket, watched] of this.watchers) {
      if (watched === workspace.id) send(socket, { type: "data", data: workspace });
    }
  }

  /** How many inboxes are listened to. */
  listeners(): number {
    return this.inboxes.size;
  }

  /** Tells everybody who listens to their inbox of a new notification. */
  notify(notification: InboxNotification): void {
    this.world.inbox.notifications.unshift(notification);
    for (const socket of this.inboxes) {
      send(socket, { notification, unread_count: this.world.inbox.unread() });
    }
  }

  private watch(socket: WebSocket, workspaceId: string): void {
    this.watchers.set(socket, workspaceId);
    socket.on("close", () => this.watchers.delete(socket));
    send(socket, { type: "ping" });
  }

  private buildLog(socket: WebSocket, after: number): void {
    const stages = ["Reading the template", "Preparing the sandbox", "Starting the agent"];
    for (let number = after + 1; number <= 9; number += 1) {
      send(socket, {
        id: number,
        created_at: new Date().toISOString(),
        log_level: number === 8 ? "warn" : "info",
        log_source: "provisioner",
        stage: stages[Math.floor((number - 1) / 3)],
        output: number === 5 ? "\u001b[32mhome volume mounted\u001b[0m" : `step ${number} is done`,
      });
    }
    socket.close(1000);
  }

  private terminal(socket: WebSocket, session: string): void {
    this.terminals.add(socket);
    socket.on("close", () => this.terminals.delete(socket));
    const screen = this.world.screens.get(session) ?? "\u001b[38;2;120;200;160malice@dev\u001b[0m:~$ ";
    this.world.screens.set(session, screen);
    socket.send(Buffer.from(screen));
    socket.on("message", (message) => {
      const { data } = JSON.parse(String(message)) as { data?: string };
      if (data === undefined) return;
      this.typed += data;
      const echo = data.replaceAll("\r", "\r\n");
      this.world.screens.set(session, (this.world.screens.get(session) ?? "") + echo);
      socket.send(Buffer.from(echo));
    });
  }
}

function send(socket: WebSocket, message: unknown): void {
  socket.send(JSON.stringify(message));
}

function sendMetadata(socket: WebSocket): void {
  const item = (key: string, value: string, error = ""): AgentMetadata => ({
    result: { collected_at: new Date().toISOString(), age: 0, value, error },
    description: { display_name: key, key, interval: 10 },
  });
  send(socket, {
    type: "data",
    data: [item("CPU", "12 %"), item("Memory", "1.4 of 4.0 GiB"), item("Disk", "", "df: not permitted")],
  });
}

function agentLog(socket: WebSocket): void {
  send(
    socket,
    ["Cloning the repository", "npm warn deprecated", "ready"].map((output, index) => ({
      id: index + 1,
      created_at: new Date().toISOString(),
      level: index === 1 ? "warn" : "info",
      output,
      source_id: id(7, 1),
    })),
  );
}
