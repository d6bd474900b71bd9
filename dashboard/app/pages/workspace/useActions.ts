import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { CreateBuildRequest, Workspace } from "@/api/types";
import { cancelBuild, createBuild, workspaceQuery } from "@/api/workspaces";
import { notifyError } from "@/modules/notify";

export type Action = "start" | "stop" | "restart" | "update" | "delete";

/** What is to follow once the stop with this id is done. */
interface Follow {
  stopBuildId: string;
  start: CreateBuildRequest;
}

export interface Actions {
  run: (action: Action) => void;
  cancel: () => void;
  /** A request is on its way. */
  sending: boolean;
  /** The workspace is being stopped in order to be started again by this page. */
  restarting: boolean;
}

/** A restart is a stop and, when it has succeeded, a start; so is the update of a running workspace. */
export function useActions(workspace: Workspace): Actions {
  const client = useQueryClient();
  const [follow, setFollow] = useState<Follow>();
  const refresh = () =>
    Promise.all([
      client.invalidateQueries(workspaceQuery(workspace.owner_name, workspace.name)),
      client.invalidateQueries({ queryKey: ["builds", workspace.id] }),
    ]);
  const build = useMutation({
    mutationFn: (request: CreateBuildRequest) => createBuild(workspace.id, request),
    onSettled: refresh,
    onError: notifyError,
  });
  const cancel = useMutation({
    mutationFn: () => cancelBuild(workspace.latest_build.id),
    onSettled: refresh,
    onError: notifyError,
  });
  const { id, job } = workspace.latest_build;
  const send = build.mutate;
  useEffect(() => {
    if (follow?.stopBuildId !== id) return;
    if (job.status === "succeeded") send(follow.start);
    if (["succeeded", "failed", "canceled"].includes(job.status)) setFollow(undefined);
  }, [follow, id, job.status, send]);

  const stopThen = (start: CreateBuildRequest) =>
    build.mutate(
      { transition: "stop" },
      { onSuccess: (stopped) => setFollow({ stopBuildId: stopped.id, start }) },
    );
  const run = (action: Action) => {
    switch (action) {
      case "start":
      case "stop":
      case "delete":
        build.mutate({ transition: action });
        break;
      case "restart":
        stopThen({ transition: "start" });
        break;
      case "update": {
        const start: CreateBuildRequest = {
          transition: "start",
          template_version_id: workspace.template_active_version_id,
        };
        if (workspace.latest_build.status === "running") stopThen(start);
        else build.mutate(start);
      }
    }
  };
  return {
    run,
    cancel: () => cancel.mutate(),
    sending: build.isPending || cancel.isPending,
    restarting: follow !== undefined,
  };
}
