import { Alert } from "@mantine/core";
import type { Workspace } from "@/api/types";

/** What somebody must know before they trust the workspace, and what went wrong with it. */
export function Notices({ workspace }: { workspace: Workspace }) {
  const { latest_build: build, health } = workspace;
  const warnings = build.resources
    .flatMap((resource) => resource.metadata ?? [])
    .filter((item) => item.key.startsWith("warning"));
  return (
    <>
      {warnings.map((warning) => (
        <Alert
          key={`${warning.key} ${warning.value}`}
          color="orange"
          variant="light"
          title="Limits of this host"
        >
          {warning.value}
        </Alert>
      ))}
      {build.job.status === "failed" && (
        <Alert color="red" variant="light" role="alert" title={`The last ${build.transition} failed`}>
          {build.job.error || "The build log says why."}
        </Alert>
      )}
      {build.status === "running" && !health.healthy && (
        <Alert color="yellow" variant="light" title="The workspace is not healthy">
          An agent is not connected, or one of its scripts failed. Its card below says which.
        </Alert>
      )}
    </>
  );
}
