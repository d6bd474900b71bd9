import type { Workspace } from "@/api/types";
import { TextLink } from "@/ui/Links";
import { Notice } from "@/ui/Notice";

/** What somebody must know before they trust the workspace, and what went wrong with it. */
export function Notices({ workspace }: { workspace: Workspace }) {
  const { latest_build: build, health } = workspace;
  const warnings = build.resources
    .flatMap((resource) => resource.metadata ?? [])
    .filter((item) => item.key.startsWith("warning"));
  return (
    <>
      {warnings.map((warning) => (
        <Notice key={`${warning.key} ${warning.value}`} tone="warn" title="Limits of this host">
          {warning.value}
        </Notice>
      ))}
      {workspace.dormant_at && (
        <Notice tone="warn" title="This workspace sleeps">
          It starts again once it is woken up in its{" "}
          <TextLink
            to="/@{$owner}/$workspace/settings/general"
            params={{ owner: workspace.owner_name, workspace: workspace.name }}
            inherit
          >
            settings
          </TextLink>
          .
        </Notice>
      )}
      {build.job.status === "failed" && (
        <Notice tone="bad" urgent title={`The last ${build.transition} failed`}>
          {build.job.error || "The build log says why."}
        </Notice>
      )}
      {build.status === "running" && !health.healthy && (
        <Notice tone="warn" title="The workspace is not healthy">
          An agent is not connected, or one of its scripts failed. Its card below says which.
        </Notice>
      )}
    </>
  );
}
