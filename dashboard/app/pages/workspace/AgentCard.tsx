import { Group, Stack, Text } from "@mantine/core";
import { usePermissions, workspaceChecks } from "@/api/permissions";
import type { Workspace, WorkspaceAgent } from "@/api/types";
import { agentLook, lifecycleLook } from "@/modules/status";
import { GuardedButton, refusal } from "@/ui/GuardedButton";
import { ButtonLink } from "@/ui/Links";
import { Section } from "@/ui/Page";
import { Status } from "@/ui/Status";
import { Time } from "@/ui/Time";
import { AgentLog } from "./AgentLog";
import { AgentMetadataGrid } from "./AgentMetadataGrid";
import { Apps } from "./Apps";

interface AgentCardProps {
  workspace: Workspace;
  agent: WorkspaceAgent;
}

/** The agent's state, its figures and the ways into it. */
export function AgentCard({ workspace, agent }: AgentCardProps) {
  const may = usePermissions(workspaceChecks(workspace));
  const running = workspace.latest_build.status === "running";
  const connected = running && agent.status === "connected";
  const apps = agent.apps.filter((app) => !app.hidden);
  return (
    <>
      <Section
        title={agent.name}
        aside={
          <TerminalButton
            workspace={workspace}
            agent={agent}
            reason={
              refusal(may?.ssh, "open a terminal in it") ??
              (connected ? undefined : "The agent is not connected.")
            }
          />
        }
      >
        <Stack gap="md">
          <Group gap="lg">
            {running ? (
              <Status look={agentLook(agent.status)} />
            ) : (
              <Status look={{ text: "Off", tone: "idle" }} />
            )}
            {running && agent.status !== "connecting" && (
              <Status look={lifecycleLook(agent.lifecycle_state)} />
            )}
            <Text size="sm" c="dimmed">
              {agent.operating_system} {agent.architecture}
            </Text>
            {running && agent.status === "disconnected" && (
              <Text size="sm" c="dimmed">
                since <Time value={agent.disconnected_at} />
              </Text>
            )}
          </Group>
          {running && !agent.health.healthy && agent.health.reason && (
            <Text size="sm" c="var(--cl-warn)">
              {agent.health.reason}
            </Text>
          )}
          {connected && <AgentMetadataGrid agentId={agent.id} />}
          {apps.length > 0 && (
            <Apps
              apps={apps}
              workspace={workspace}
              agent={agent}
              reason={
                refusal(may?.openApps, "open its apps") ??
                (connected ? undefined : "The agent is not connected.")
              }
            />
          )}
        </Stack>
      </Section>
      {running && <AgentLog agent={agent} />}
    </>
  );
}

function TerminalButton({ workspace, agent, reason }: AgentCardProps & { reason: string | undefined }) {
  if (reason !== undefined) {
    return (
      <GuardedButton size="xs" reason={reason} onClick={() => undefined}>
        Terminal
      </GuardedButton>
    );
  }
  return (
    <ButtonLink
      size="xs"
      to="/@{$owner}/$workspace/terminal"
      params={{ owner: workspace.owner_name, workspace: workspace.name }}
      search={{ agent: agent.name }}
      target="_blank"
    >
      Terminal
    </ButtonLink>
  );
}
