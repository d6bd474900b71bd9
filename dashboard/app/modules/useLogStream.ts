import { useEffect, useState } from "react";
import { endsForGood, ReconnectingSocket, type SocketState } from "@/api/socket";
import type { AgentLogSource, ProvisionerJobLog, WorkspaceAgentLog } from "@/api/types";
import { agentLogsPath, buildLogsPath } from "@/api/workspaces";
import { appendLines, emptyLog, type LogContent, type LogLine } from "./logBuffer";

export interface LogStream {
  content: LogContent;
  state: SocketState;
}

const FLUSH_MS = 80;

/** Follows a log from its beginning, and from the last line on after an interruption. */
function useLogStream(
  path: (after: number) => string,
  parse: (message: string) => LogLine[],
  key: string,
): LogStream {
  const [stream, setStream] = useState<LogStream>({ content: emptyLog, state: { kind: "connecting" } });

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for `path` and `parse`, made anew by each rendering
  useEffect(() => {
    let last = 0;
    let waiting: LogLine[] = [];
    let timer: number | undefined;
    setStream({ content: emptyLog, state: { kind: "connecting" } });
    const flush = () => {
      timer = undefined;
      const lines = waiting;
      waiting = [];
      setStream((before) => ({ ...before, content: appendLines(before.content, lines) }));
    };
    const socket = new ReconnectingSocket({
      path: () => path(last),
      isFinal: endsForGood,
      onState: (state) => setStream((before) => ({ ...before, state })),
      onMessage: (data) => {
        if (typeof data !== "string") return;
        const lines = parse(data);
        last = Math.max(last, ...lines.map((line) => line.id));
        waiting.push(...lines);
        // Many lines arrive one by one: they are drawn together.
        timer ??= window.setTimeout(flush, FLUSH_MS);
      },
    });
    return () => {
      window.clearTimeout(timer);
      socket.close();
    };
  }, [key]);
  return stream;
}

export function useBuildLog(buildId: string): LogStream {
  return useLogStream((after) => buildLogsPath(buildId, after), parseBuildLog, `build ${buildId}`);
}

export function useAgentLog(agentId: string, sources: AgentLogSource[]): LogStream {
  const names = new Map(sources.map((source) => [source.id, source.display_name]));
  const parse = (message: string) =>
    (JSON.parse(message) as WorkspaceAgentLog[]).map((log) => ({
      id: log.id,
      time: log.created_at,
      level: log.level,
      group: names.get(log.source_id) ?? "Agent",
      text: log.output,
    }));
  return useLogStream((after) => agentLogsPath(agentId, after), parse, `agent ${agentId}`);
}

function parseBuildLog(message: string): LogLine[] {
  const log = JSON.parse(message) as ProvisionerJobLog;
  return [{ id: log.id, time: log.created_at, level: log.log_level, group: log.stage, text: log.output }];
}
