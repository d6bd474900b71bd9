import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect } from "react";
import type { Workspace } from "@/api/types";
import { workspaceQuery } from "@/api/workspaces";
import { workspaceLook } from "@/modules/status";
import { useWorkspaceWatch } from "@/modules/useWatch";
import { randomUuid } from "@/modules/uuid";
import { ButtonLink } from "@/ui/Links";
import { QueryView } from "@/ui/QueryView";
import { EmptyState, Loading } from "@/ui/States";
import { TerminalView } from "./TerminalView";

const route = getRouteApi("/signed-in/@{$owner}/$workspace/terminal");

/** A terminal over the whole page. Its session's id is in the address, so that a reload finds it again. */
export function TerminalPage() {
  const { owner, workspace: name } = route.useParams();
  const workspace = useQuery(workspaceQuery(owner, name));
  useWorkspaceWatch(workspace.data);
  return (
    <QueryView query={workspace} order={1}>
      {(data) => <Choose workspace={data} />}
    </QueryView>
  );
}

function Choose({ workspace }: { workspace: Workspace }) {
  const { reconnect, agent: wanted } = route.useSearch();
  const renew = useNewSession();
  const agents = workspace.latest_build.resources.flatMap((resource) => resource.agents ?? []);
  const agent = wanted === undefined ? agents[0] : agents.find((each) => each.name === wanted);
  useEffect(() => {
    if (reconnect === undefined) renew();
  }, [reconnect, renew]);
  if (workspace.latest_build.status !== "running" || agent === undefined)
    return <NotRunning workspace={workspace} />;
  if (reconnect === undefined) return <Loading label="Opening the terminal" />;
  return (
    <TerminalView
      key={`${agent.id} ${reconnect}`}
      workspace={workspace}
      agent={agent}
      reconnect={reconnect}
    />
  );
}

function useNewSession(): () => void {
  const navigate = useNavigate({ from: "/@{$owner}/$workspace/terminal" });
  return useCallback(
    () => void navigate({ search: (now) => ({ agent: now.agent, reconnect: randomUuid() }), replace: true }),
    [navigate],
  );
}

function NotRunning({ workspace }: { workspace: Workspace }) {
  return (
    <main>
      <EmptyState
        title={`${workspace.name} has no terminal now`}
        order={1}
        actions={
          <ButtonLink
            to="/@{$owner}/$workspace"
            params={{ owner: workspace.owner_name, workspace: workspace.name }}
            variant="default"
          >
            To the workspace
          </ButtonLink>
        }
      >
        Its state is: {workspaceLook(workspace.latest_build.status).text.toLowerCase()}. The terminal opens
        here as soon as it runs.
      </EmptyState>
    </main>
  );
}
