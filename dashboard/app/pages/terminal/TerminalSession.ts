import { FitAddon } from "@xterm/addon-fit";
import { WebLinksAddon } from "@xterm/addon-web-links";
import { type ITheme, Terminal } from "@xterm/xterm";
import { endsForGood, ReconnectingSocket, type SocketState } from "@/api/socket";
import { terminalPath } from "@/api/workspaces";
import { copyText } from "@/modules/clipboard";
import { webAddress } from "@/modules/links";
import { pasteText, plainTitle } from "@/modules/text";
import { chunks } from "./chunks";

export interface TerminalHooks {
  onState: (state: SocketState, end?: { code: number; reason: string }) => void;
  onTitle: (title: string) => void;
  /** Asks whether to open an address that the terminal's content names. */
  askLink: (address: URL) => void;
  /** Asks whether to paste text that the program would take for several commands. */
  askPaste: (text: string) => void;
  /** The keyboard leaves the terminal, which takes every other key for itself. */
  onLeave: () => void;
}

const theme: ITheme = {
  background: "#131211",
  foreground: "#dad8d3",
  cursor: "#8bc2bb",
  selectionBackground: "#3a5a56",
  black: "#292825",
  brightBlack: "#8a8680",
};

/**
 * A terminal and its connection. What runs in the workspace is not trusted with this page: it cannot write to
 * the clipboard, its titles are cleaned, its links ask first, and window reports stay off.
 */
export class TerminalSession {
  private readonly terminal: Terminal;
  private readonly fit = new FitAddon();
  private readonly socket: ReconnectingSocket;
  private readonly resizes: ResizeObserver;
  private readonly encoder = new TextEncoder();
  private end: { code: number; reason: string } | undefined;

  constructor(
    private readonly host: HTMLElement,
    agentId: string,
    reconnect: string,
    private readonly hooks: TerminalHooks,
  ) {
    const open = (_event: MouseEvent, text: string) => this.ask(text);
    this.terminal = new Terminal({
      theme,
      fontFamily: getComputedStyle(host).fontFamily,
      fontSize: 14,
      scrollback: 5_000,
      cursorBlink: false,
      linkHandler: { activate: open },
    });
    this.terminal.loadAddon(this.fit);
    this.terminal.loadAddon(new WebLinksAddon(open));
    this.terminal.open(host);
    this.fit.fit();
    this.restrain();
    this.listen();
    this.socket = new ReconnectingSocket({
      path: () => terminalPath(agentId, reconnect, this.terminal.cols, this.terminal.rows),
      onOpen: () => this.opened(),
      onMessage: (data) => this.terminal.write(typeof data === "string" ? data : new Uint8Array(data)),
      onState: (state) => hooks.onState(state, this.end),
      isFinal: (code, reason) => {
        this.end = { code, reason };
        return endsForGood(code);
      },
    });
    this.resizes = new ResizeObserver(() => this.fit.fit());
    this.resizes.observe(host);
    this.terminal.focus();
  }

  paste(text: string): void {
    this.terminal.paste(text);
    this.terminal.focus();
  }

  focus(): void {
    this.terminal.focus();
  }

  retryNow(): void {
    this.socket.retryNow();
  }

  setScreenReader(on: boolean): void {
    this.terminal.options.screenReaderMode = on;
  }

  /** Draws in another font where this computer has it, and in the page's own where it has not. */
  setFont(name: string | undefined): void {
    const own = getComputedStyle(this.host).fontFamily;
    this.terminal.options.fontFamily = name === undefined ? own : `"${name}", ${own}`;
    this.fit.fit();
  }

  dispose(): void {
    this.resizes.disconnect();
    this.host.removeEventListener("paste", this.onPaste, { capture: true });
    this.socket.close();
    this.terminal.dispose();
  }

  /** The agent sends the whole screen to whoever comes back, so the old one goes. */
  private opened(): void {
    this.terminal.reset();
    this.sendSize();
  }

  private restrain(): void {
    // Writing to the clipboard (OSC 52) stays out, whatever xterm.js or an add-on may do with it one day.
    this.terminal.parser.registerOscHandler(52, () => true);
    this.terminal.onTitleChange((title) => this.hooks.onTitle(plainTitle(title)));
    this.terminal.attachCustomKeyEventHandler((event) => this.onKey(event));
    this.host.addEventListener("paste", this.onPaste, { capture: true });
  }

  private listen(): void {
    this.terminal.onData((data) => this.sendText(data));
    this.terminal.onResize(() => this.sendSize());
  }

  private sendText(data: string): void {
    for (const part of chunks(data)) this.sendJson({ data: part });
  }

  private sendSize(): void {
    this.sendJson({ height: this.terminal.rows, width: this.terminal.cols });
  }

  private sendJson(message: { data: string } | { height: number; width: number }): void {
    this.socket?.send(this.encoder.encode(JSON.stringify(message)));
  }

  private ask(text: string): void {
    const address = webAddress(text);
    if (address) this.hooks.askLink(address);
  }

  /** Answers false for the keys that the page keeps. */
  private onKey(event: KeyboardEvent): boolean {
    if (event.type !== "keydown" || !event.ctrlKey) return true;
    if (event.key === "F6") {
      this.hooks.onLeave();
      return false;
    }
    if (event.shiftKey && event.code === "KeyC" && this.terminal.hasSelection()) {
      event.preventDefault();
      void copyText(this.terminal.getSelection()).then(() => this.terminal.focus());
      return false;
    }
    return true;
  }

  private readonly onPaste = (event: ClipboardEvent): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
    const text = pasteText(event.clipboardData?.getData("text/plain") ?? "");
    if (text === "") return;
    // A shell that knows bracketed paste waits for Enter; any other program runs every line at once.
    if (text.includes("\n") && !this.terminal.modes.bracketedPasteMode) this.hooks.askPaste(text);
    else this.terminal.paste(text);
  };
}
