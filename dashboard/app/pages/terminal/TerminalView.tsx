import "@xterm/xterm/css/xterm.css";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { appearanceQuery } from "@/api/account";
import type { SocketState } from "@/api/socket";
import type { Workspace, WorkspaceAgent } from "@/api/types";
import { terminalFont } from "@/modules/appearance";
import { useTitle } from "@/modules/useTitle";
import { Mark } from "@/ui/Mark";
import { ConnectionBar } from "./ConnectionBar";
import { LinkQuestion, PasteQuestion } from "./Questions";
import classes from "./TerminalPage.module.css";
import { TerminalSession } from "./TerminalSession";

interface TerminalViewProps {
  workspace: Workspace;
  agent: WorkspaceAgent;
  reconnect: string;
}

export interface Connection {
  state: SocketState;
  end?: { code: number; reason: string };
}

export function TerminalView({ workspace, agent, reconnect }: TerminalViewProps) {
  const host = useRef<HTMLDivElement>(null);
  const bar = useRef<HTMLElement>(null);
  const session = useRef<TerminalSession>(undefined);
  const [connection, setConnection] = useState<Connection>({ state: { kind: "connecting" } });
  const [title, setTitle] = useState("");
  const [link, setLink] = useState<URL>();
  const [paste, setPaste] = useState<string>();
  const [opening, setOpening] = useState(0);
  useTitle(title === "" ? `${workspace.name} terminal` : `${title} · ${workspace.name}`);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `opening` asks for another connection to the session
  useEffect(() => {
    if (host.current === null) return undefined;
    const opened = new TerminalSession(host.current, agent.id, reconnect, {
      onState: (state, end) => setConnection({ state, end }),
      onTitle: setTitle,
      askLink: setLink,
      askPaste: setPaste,
      onLeave: () => bar.current?.querySelector<HTMLElement>("a, button")?.focus(),
    });
    session.current = opened;
    return () => {
      session.current = undefined;
      opened.dispose();
    };
  }, [agent.id, reconnect, opening]);
  const font = terminalFont(useQuery(appearanceQuery).data?.terminal_font);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each session begins with the page's own font
  useEffect(() => {
    if (font !== undefined) session.current?.setFont(font);
  }, [font, agent.id, reconnect, opening]);
  const back = () => session.current?.focus();
  return (
    <main className={classes.page}>
      <header className={classes.bar} ref={bar}>
        <div className={classes.brand}>
          <Mark size={18} />
          <h1>
            {workspace.owner_name}/{workspace.name}
          </h1>
        </div>
        <span className={classes.title}>{title}</span>
        <ConnectionBar
          workspace={workspace}
          connection={connection}
          onRetry={() => session.current?.retryNow()}
          onReopen={() => setOpening(opening + 1)}
          onScreenReader={(on) => session.current?.setScreenReader(on)}
        />
      </header>
      <div ref={host} className={classes.screen} />
      <LinkQuestion
        address={link}
        onClose={() => {
          setLink(undefined);
          back();
        }}
      />
      <PasteQuestion
        text={paste}
        onAnswer={(accepted) => {
          if (accepted && paste !== undefined) session.current?.paste(paste);
          setPaste(undefined);
          back();
        }}
      />
    </main>
  );
}
