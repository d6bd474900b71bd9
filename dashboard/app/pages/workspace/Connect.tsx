import { Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { sshConfigQuery } from "@/api/session";
import type { Workspace, WorkspaceAgent } from "@/api/types";
import { useMe } from "@/modules/session";
import { CopyLine } from "@/ui/CopyLine";
import { Section } from "@/ui/Page";

/** How to reach the workspace from a shell of one's own. */
export function Connect({ workspace, agents }: { workspace: Workspace; agents: WorkspaceAgent[] }) {
  const me = useMe();
  const suffix = useQuery(sshConfigQuery).data?.hostname_suffix;
  const own = workspace.owner_id === me.id;
  const name = own ? workspace.name : `${workspace.owner_name}/${workspace.name}`;
  const agent = agents.length > 1 ? `.${agents[0]?.name}` : "";
  return (
    <Section title="From your own machine">
      <Stack gap="sm">
        <Step
          text="Sign in, once"
          command={`cloister login ${window.location.origin}`}
          label="the login command"
        />
        <Step text="Open a shell" command={`cloister ssh ${name}${agent}`} label="the ssh command" />
        <Step
          text="Forward a port"
          command={`cloister port-forward ${name}${agent} --tcp 8080:8080`}
          label="the port-forward command"
        />
        {own && suffix && (
          <>
            <Step
              text="Teach plain ssh, scp, rsync and editors the way"
              command="cloister config-ssh"
              label="the config-ssh command"
            />
            <Step
              text="and from then on"
              command={`ssh ${workspace.name}.${suffix}`}
              label="the plain ssh command"
            />
          </>
        )}
      </Stack>
    </Section>
  );
}

function Step({ text, command, label }: { text: string; command: string; label: string }) {
  return (
    <div>
      <Text size="xs" c="dimmed" mb={2}>
        {text}
      </Text>
      <CopyLine text={command} label={label} />
    </div>
  );
}
