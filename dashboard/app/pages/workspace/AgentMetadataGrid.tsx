import type { AgentMetadata } from "@/api/types";
import { plainLine } from "@/modules/text";
import { parseTime } from "@/modules/time";
import { useNow } from "@/modules/useNow";
import { useAgentMetadata } from "@/modules/useWatch";
import classes from "./AgentMetadataGrid.module.css";

/** The template's live figures, such as processor and memory use. */
export function AgentMetadataGrid({ agentId }: { agentId: string }) {
  const items = useAgentMetadata(agentId, true);
  const now = useNow(5_000);
  if (items === undefined || items.length === 0) return null;
  return (
    <dl className={classes.grid} aria-label="Live figures">
      {items.map((item) => (
        <div key={item.description.key} className={isStale(item, now) ? classes.stale : undefined}>
          <dt>{item.description.display_name || item.description.key}</dt>
          <Value item={item} stale={isStale(item, now)} />
        </div>
      ))}
    </dl>
  );
}

function Value({ item, stale }: { item: AgentMetadata; stale: boolean }) {
  const { collected_at: collected, value, error } = item.result;
  if (parseTime(collected) === undefined) return <dd>…</dd>;
  if (error) return <dd className={classes.error}>{plainLine(error).slice(0, 200)}</dd>;
  return (
    <dd title={stale ? "This figure is old: the agent has sent no newer one" : undefined}>
      {firstLine(value)}
    </dd>
  );
}

function firstLine(value: string): string {
  return plainLine(value.trim().split("\n")[0] ?? "").slice(0, 200) || "–";
}

/** Older than three of its intervals, and at least a quarter of a minute. */
function isStale(item: AgentMetadata, now: Date): boolean {
  const collected = parseTime(item.result.collected_at);
  if (collected === undefined) return false;
  const patience = Math.max(15, 3 * item.description.interval);
  return (now.getTime() - collected.getTime()) / 1000 > patience;
}
