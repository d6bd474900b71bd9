import type { WorkspaceAgent } from "@/api/types";
import { useAgentLog } from "@/modules/useLogStream";
import { Fold } from "@/ui/Fold";
import { LogView } from "@/ui/LogView";

const WORTH_READING = ["starting", "start_error", "start_timeout", "shutdown_error"];

/** The output of the agent's scripts. */
export function AgentLog({ agent }: { agent: WorkspaceAgent }) {
  return (
    <Fold title={`Logs of ${agent.name}`} opened={WORTH_READING.includes(agent.lifecycle_state)}>
      <Follow agent={agent} />
    </Fold>
  );
}

function Follow({ agent }: { agent: WorkspaceAgent }) {
  const { content, state } = useAgentLog(agent.id, agent.log_sources ?? []);
  return <LogView label={`Logs of ${agent.name}`} content={content} state={state} />;
}
