import { Button, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { appHostQuery } from "@/api/session";
import type { Workspace, WorkspaceAgent, WorkspaceApp } from "@/api/types";
import { appLink } from "@/modules/links";
import { appLook } from "@/modules/status";
import { GuardedButton } from "@/ui/GuardedButton";
import { Status } from "@/ui/Status";

interface AppsProps {
  apps: WorkspaceApp[];
  workspace: Workspace;
  agent: WorkspaceAgent;
  /** Why none of them can be opened now. */
  reason: string | undefined;
}

export function Apps({ apps, workspace, agent, reason }: AppsProps) {
  const host = useQuery(appHostQuery).data ?? "";
  return (
    <Group component="ul" gap="md" m={0} p={0} role="list" aria-label="Apps">
      {apps.map((app) => (
        <Group key={app.id} component="li" gap="xs" style={{ listStyle: "none" }}>
          <OpenButton
            app={app}
            link={appLink(app, workspace, agent, host, window.location)}
            reason={reason}
          />
          {reason === undefined && <Health app={app} />}
        </Group>
      ))}
    </Group>
  );
}

function OpenButton({
  app,
  link,
  reason,
}: {
  app: WorkspaceApp;
  link: ReturnType<typeof appLink>;
  reason?: string;
}) {
  const name = app.display_name || app.slug;
  const obstacle = "unavailable" in link ? link.unavailable : reason;
  if (obstacle !== undefined || "unavailable" in link) {
    return (
      <GuardedButton size="xs" variant="default" reason={obstacle} onClick={() => undefined}>
        {name}
      </GuardedButton>
    );
  }
  return (
    <Button
      component="a"
      href={link.href}
      // An app may be hostile: it gets neither this page's window nor its address.
      target={link.href.startsWith("http") || link.href.startsWith("/") ? "_blank" : undefined}
      rel="noopener noreferrer"
      size="xs"
      variant="default"
    >
      {name}
    </Button>
  );
}

function Health({ app }: { app: WorkspaceApp }) {
  const look = appLook(app.health);
  return look ? <Status look={look} /> : null;
}
