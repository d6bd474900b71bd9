import { Group, Text } from "@mantine/core";
import { useState } from "react";
import { usePermissions, workspaceChecks } from "@/api/permissions";
import type { Workspace } from "@/api/types";
import { isBusy } from "@/modules/status";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { GuardedButton, refusal } from "@/ui/GuardedButton";
import { ButtonLink } from "@/ui/Links";
import { type Action, useActions } from "./useActions";

type Asked = Exclude<Action, "start">;

const questions: Record<Asked, { title: string; deed: string; text: string }> = {
  stop: {
    title: "Stop the workspace?",
    deed: "Stop",
    text: "Everything that runs in it ends, open terminals too. The home directory stays.",
  },
  restart: {
    title: "Restart the workspace?",
    deed: "Restart",
    text: "It is stopped and, when that is done, started again. Leave this page open meanwhile.",
  },
  update: {
    title: "Update the workspace?",
    deed: "Update",
    text: "It is started with the template's active version; if it runs, it is stopped first. The home directory stays.",
  },
  delete: {
    title: "Delete the workspace?",
    deed: "Delete for ever",
    text: "The workspace and its home directory with everything in it are removed. This cannot be undone.",
  },
};

export function WorkspaceActions({ workspace }: { workspace: Workspace }) {
  const may = usePermissions(workspaceChecks(workspace));
  const actions = useActions(workspace);
  const [asked, setAsked] = useState<Asked>();
  const { status } = workspace.latest_build;
  const running = status === "running";
  const busy = isBusy(status) ? "Wait until the current build is done." : undefined;
  const maySwitch = running ? may?.stop : may?.start;
  return (
    <Group gap="xs">
      {actions.restarting && (
        <Text size="sm" c="dimmed" role="status">
          Stopping, then starting again …
        </Text>
      )}
      {isBusy(status) && status !== "canceling" && (
        <CancelButton workspace={workspace} onClick={actions.cancel} />
      )}
      {running ? (
        <>
          <GuardedButton
            variant="default"
            reason={
              refusal(may?.start === undefined ? undefined : may.start && may.stop, "restart it") ?? busy
            }
            onClick={() => setAsked("restart")}
          >
            Restart
          </GuardedButton>
          <GuardedButton
            variant="default"
            reason={refusal(may?.stop, "stop it") ?? busy}
            onClick={() => setAsked("stop")}
          >
            Stop
          </GuardedButton>
        </>
      ) : (
        <GuardedButton
          reason={refusal(may?.start, "start it") ?? busy}
          loading={actions.sending}
          onClick={() => actions.run("start")}
        >
          Start
        </GuardedButton>
      )}
      {workspace.outdated && (
        <GuardedButton
          variant="light"
          reason={
            refusal(may === undefined ? undefined : may.update && maySwitch === true, "update it") ?? busy
          }
          onClick={() => setAsked("update")}
        >
          Update
        </GuardedButton>
      )}
      <ButtonLink
        to="/@{$owner}/$workspace/settings"
        params={{ owner: workspace.owner_name, workspace: workspace.name }}
        variant="default"
      >
        Settings
      </ButtonLink>
      <GuardedButton
        variant="default"
        c="var(--cl-bad)"
        reason={refusal(may?.delete, "delete it") ?? busy}
        onClick={() => setAsked("delete")}
      >
        Delete
      </GuardedButton>
      {asked && (
        <ConfirmDialog
          opened
          onClose={() => setAsked(undefined)}
          onConfirm={() => {
            actions.run(asked);
            setAsked(undefined);
          }}
          title={questions[asked].title}
          deed={questions[asked].deed}
          danger={asked === "delete"}
          typed={asked === "delete" ? workspace.name : undefined}
        >
          {questions[asked].text}
        </ConfirmDialog>
      )}
    </Group>
  );
}

function CancelButton({ workspace, onClick }: { workspace: Workspace; onClick: () => void }) {
  const allowed = workspace.template_allow_user_cancel_workspace_jobs;
  return (
    <GuardedButton
      variant="default"
      reason={allowed ? undefined : "The template does not allow builds to be cancelled."}
      onClick={onClick}
    >
      Cancel the build
    </GuardedButton>
  );
}
