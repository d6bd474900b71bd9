import { Text } from "@mantine/core";
import type { ProvisionerJob, WorkspaceBuild } from "@/api/types";
import { isBusy, jobLook } from "@/modules/status";
import { formatSpan, parseTime } from "@/modules/time";
import { useBuildLog } from "@/modules/useLogStream";
import { useNow } from "@/modules/useNow";
import { Fold } from "@/ui/Fold";
import { LogView } from "@/ui/LogView";
import { Status } from "@/ui/Status";

/** The latest build's log, open while somebody has reason to read it. */
export function BuildLog({ build }: { build: WorkspaceBuild }) {
  return (
    <Fold
      title="Build log"
      opened={isBusy(build.status) || build.job.status === "failed"}
      aside={<Progress job={build.job} />}
    >
      <Follow key={build.id} buildId={build.id} />
    </Fold>
  );
}

function Follow({ buildId }: { buildId: string }) {
  const { content, state } = useBuildLog(buildId);
  return <LogView label="Build log" content={content} state={state} />;
}

function Progress({ job }: { job: ProvisionerJob }) {
  const now = useNow(1_000);
  const started = parseTime(job.started_at);
  const ended = parseTime(job.completed_at);
  const queued = job.status === "pending" && job.queue_size > 0;
  return (
    <Text size="sm" c="dimmed" component="span" ml="auto">
      <Status look={jobLook(job.status)} />
      {queued && ` · place ${job.queue_position} of ${job.queue_size} in the queue`}
      {started && ` · ${formatSpan(started, ended ?? now)}`}
    </Text>
  );
}
