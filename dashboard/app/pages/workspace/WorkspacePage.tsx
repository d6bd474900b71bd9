import { Grid, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { hasStatus } from "@/api/errors";
import type { Workspace } from "@/api/types";
import { workspaceQuery } from "@/api/workspaces";
import { workspaceLook } from "@/modules/status";
import { useWorkspaceWatch } from "@/modules/useWatch";
import { ButtonLink } from "@/ui/Links";
import { Page } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { EmptyState } from "@/ui/States";
import { Status } from "@/ui/Status";
import { Outdated } from "../workspaces/WorkspaceTable";
import { AgentCard } from "./AgentCard";
import { BuildLog } from "./BuildLog";
import { Builds } from "./Builds";
import { Connect } from "./Connect";
import { Details } from "./Details";
import { Notices } from "./Notices";
import { WorkspaceActions } from "./WorkspaceActions";

const route = getRouteApi("/signed-in/shell/@{$owner}/$workspace");

export function WorkspacePage() {
  const { owner, workspace: name } = route.useParams();
  const workspace = useQuery(workspaceQuery(owner, name));
  const gone = isGone(workspace.data, workspace.error);
  useWorkspaceWatch(gone ? undefined : workspace.data);
  if (gone) return <Gone name={name} />;
  return (
    <QueryView query={workspace} order={1}>
      {(data) => <View workspace={data} />}
    </QueryView>
  );
}

/** The deletion that this page has followed is done. */
function isGone(workspace: Workspace | undefined, error: unknown): boolean {
  if (workspace?.latest_build.transition !== "delete") return false;
  const missing = hasStatus(error, 404) || hasStatus(error, 410);
  return missing || workspace.latest_build.status === "deleted";
}

function View({ workspace }: { workspace: Workspace }) {
  const agents = workspace.latest_build.resources.flatMap((resource) => resource.agents ?? []);
  return (
    <Page
      title={workspace.name}
      intro={
        <Group gap="sm">
          <span role="status">
            <Status look={workspaceLook(workspace.latest_build.status)} />
          </span>
          <Text size="sm" c="dimmed">
            {workspace.owner_name} · {workspace.template_display_name || workspace.template_name}{" "}
            {workspace.latest_build.template_version_name}
          </Text>
          <Outdated workspace={workspace} />
        </Group>
      }
      actions={<WorkspaceActions workspace={workspace} />}
    >
      <Stack>
        <Notices workspace={workspace} />
        <Grid>
          <Grid.Col span={{ base: 12, md: 8 }}>
            <Stack>
              {agents.map((agent) => (
                <AgentCard key={agent.id} workspace={workspace} agent={agent} />
              ))}
              <BuildLog build={workspace.latest_build} />
              <Builds workspace={workspace} />
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 4 }}>
            <Stack>
              <Connect workspace={workspace} agents={agents} />
              <Details workspace={workspace} />
            </Stack>
          </Grid.Col>
        </Grid>
      </Stack>
    </Page>
  );
}

function Gone({ name }: { name: string }) {
  return (
    <EmptyState
      title={`${name} was deleted`}
      order={1}
      actions={
        <ButtonLink to="/workspaces" variant="default">
          To the workspaces
        </ButtonLink>
      }
    >
      The workspace and its home are gone. Its records stay on the audit log.
    </EmptyState>
  );
}
