import { backoff } from "./backoff";

export type SocketState =
  | { kind: "connecting" }
  | { kind: "open" }
  /** `until` is a time in milliseconds since the epoch. */
  | { kind: "waiting"; until: number }
  | { kind: "closed" };

export interface SocketOptions {
  /** Asked before each attempt, so that a stream continues where it broke off. */
  path: () => string;
  onOpen?: (send: (data: string | ArrayBuffer | Uint8Array<ArrayBuffer>) => void) => void;
  onMessage: (data: string | ArrayBuffer) => void;
  onState?: (state: SocketState) => void;
  /** Says whether this end is final. The code is 1006 where the server could not be reached or refused. */
  isFinal: (code: number, reason: string) => boolean;
}

/** A connection that counts as good once it has lasted this long; before that the waiting goes on growing. */
const SETTLED_MS = 5_000;

/** A WebSocket to our own origin that comes back by itself until it is closed or ends for good. */
export class ReconnectingSocket {
  private socket: WebSocket | undefined;
  private timer: number | undefined;
  private attempt = 0;
  private openedAt = 0;
  private closed = false;
  private readonly onOnline = () => this.retryNow();

  constructor(private readonly options: SocketOptions) {
    window.addEventListener("online", this.onOnline);
    this.connect();
  }

  send(data: string | ArrayBuffer | Uint8Array<ArrayBuffer>): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(data);
    return true;
  }

  /** Ends the waiting, if it waits. */
  retryNow(): void {
    if (this.closed || this.timer === undefined) return;
    window.clearTimeout(this.timer);
    this.connect();
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    window.clearTimeout(this.timer);
    window.removeEventListener("online", this.onOnline);
    this.socket?.close(1000);
    this.options.onState?.({ kind: "closed" });
  }

  private connect(): void {
    this.timer = undefined;
    this.options.onState?.({ kind: "connecting" });
    const address = new URL(this.options.path(), window.location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    socket.onopen = () => this.opened(socket);
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => {
      if (!this.closed) this.options.onMessage(event.data);
    };
    socket.onclose = (event) => this.ended(event.code, event.reason);
  }

  private opened(socket: WebSocket): void {
    this.openedAt = Date.now();
    this.options.onState?.({ kind: "open" });
    this.options.onOpen?.((data) => socket.send(data));
  }

  private ended(code: number, reason: string): void {
    if (this.closed) return;
    if (this.openedAt > 0 && Date.now() - this.openedAt > SETTLED_MS) this.attempt = 0;
    this.openedAt = 0;
    if (this.options.isFinal(code, reason)) {
      this.close();
      return;
    }
    const wait = backoff(this.attempt);
    this.attempt += 1;
    this.timer = window.setTimeout(() => this.connect(), wait);
    this.options.onState?.({ kind: "waiting", until: Date.now() + wait });
  }
}

/** Close codes: 1000 the stream is complete, 1008 it is refused. Anything else is worth another try. */
export function endsForGood(code: number): boolean {
  return code === 1000 || code === 1008;
}
