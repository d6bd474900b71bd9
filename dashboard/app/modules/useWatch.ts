import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { ReconnectingSocket } from "@/api/socket";
import type { AgentMetadata, WatchFrame, Workspace } from "@/api/types";
import { agentMetadataPath, watchWorkspacePath, workspaceQuery } from "@/api/workspaces";

/** Opens a watch route and hands on its data frames. Returns what closes it. */
function watch<T>(path: string, onData: (data: T) => void, onChange?: () => void): () => void {
  let left = false;
  const socket = new ReconnectingSocket({
    path: () => path,
    isFinal: (code) => code === 1008,
    onState: ({ kind }) => {
      if (kind !== "connecting" && !left) onChange?.();
    },
    onMessage: (message) => {
      if (typeof message !== "string") return;
      const frame = JSON.parse(message) as WatchFrame<T>;
      if (frame.type === "data") onData(frame.data);
    },
  });
  return () => {
    left = true;
    socket.close();
  };
}

/** Keeps the workspace of the page current. */
export function useWorkspaceWatch(workspace: Workspace | undefined): void {
  const client = useQueryClient();
  const id = workspace?.id;
  const owner = workspace?.owner_name;
  const name = workspace?.name;
  useEffect(() => {
    if (id === undefined || owner === undefined || name === undefined) return undefined;
    const { queryKey } = workspaceQuery(owner, name);
    return watch<Workspace>(
      watchWorkspacePath(id),
      (next) => client.setQueryData(queryKey, next),
      // At its start and after an interruption: what happened while nobody listened. While it is interrupted:
      // the plain question instead, which also finds out that the session has ended.
      () => void client.invalidateQueries({ queryKey }),
    );
  }, [client, id, owner, name]);
}

/** The agent's live figures, in the template's order; undefined until the first ones arrive. */
export function useAgentMetadata(agentId: string, active: boolean): AgentMetadata[] | undefined {
  const [items, setItems] = useState<AgentMetadata[]>();
  useEffect(() => {
    if (!active) return undefined;
    return watch<AgentMetadata[] | null>(agentMetadataPath(agentId), (data) => setItems(data ?? []));
  }, [agentId, active]);
  return items;
}
