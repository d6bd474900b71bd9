import { Button, Switch } from "@mantine/core";
import type { Workspace } from "@/api/types";
import type { StatusLook } from "@/modules/status";
import { useNow } from "@/modules/useNow";
import { TextLink } from "@/ui/Links";
import { Status } from "@/ui/Status";
import type { Connection } from "./TerminalView";

interface ConnectionBarProps {
  workspace: Workspace;
  connection: Connection;
  onRetry: () => void;
  onReopen: () => void;
  onScreenReader: (on: boolean) => void;
}

/** How the connection stands, and what can be done about it. */
export function ConnectionBar({
  workspace,
  connection,
  onRetry,
  onReopen,
  onScreenReader,
}: ConnectionBarProps) {
  const { kind } = connection.state;
  return (
    <>
      <span role="status">
        <Status look={look(connection)} />
      </span>
      {kind === "waiting" && (
        <Waiting until={connection.state.kind === "waiting" ? connection.state.until : 0} />
      )}
      {kind === "waiting" && (
        <Button size="compact-xs" variant="default" onClick={onRetry}>
          Try now
        </Button>
      )}
      {kind === "closed" && (
        <Button size="compact-xs" onClick={onReopen}>
          Open again
        </Button>
      )}
      <Switch
        size="xs"
        label="Screen reader"
        title="Ctrl+F6 moves the keyboard from the terminal to this bar"
        onChange={(event) => onScreenReader(event.currentTarget.checked)}
      />
      <TextLink
        size="xs"
        to="/@{$owner}/$workspace"
        params={{ owner: workspace.owner_name, workspace: workspace.name }}
      >
        Workspace
      </TextLink>
    </>
  );
}

function Waiting({ until }: { until: number }) {
  const now = useNow(1_000);
  const seconds = Math.max(0, Math.ceil((until - now.getTime()) / 1000));
  return <small>again in {seconds} s</small>;
}

function look({ state, end }: Connection): StatusLook {
  switch (state.kind) {
    case "connecting":
      return { text: "Connecting", tone: "busy" };
    case "open":
      return { text: "Connected", tone: "good" };
    case "waiting":
      return { text: "Disconnected", tone: "warn" };
    case "closed":
      return end?.code === 1008
        ? { text: `Refused: ${end.reason || "the server gave no reason"}`, tone: "bad" }
        : { text: "The session has ended", tone: "idle" };
  }
}
