import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { usePermissions, workspaceChecks } from "@/api/permissions";
import { workspaceQuery } from "@/api/workspaces";
import { notifyDone } from "@/modules/notify";
import { refusal } from "@/ui/GuardedButton";

const route = getRouteApi("/signed-in/shell/@{$owner}/$workspace/settings");

/** The workspace of the pages below its frame, which has fetched it, and what may be done to it. */
export function useWorkspace() {
  const { owner, workspace: name } = route.useParams();
  const workspace = useSuspenseQuery(workspaceQuery(owner, name)).data;
  const may = usePermissions(workspaceChecks(workspace));
  return { workspace, may, reason: refusal(may?.update, "change this workspace") };
}

/** A change of the workspace, after which it is asked for anew. */
export function useChange<Input>(
  change: (input: Input) => Promise<unknown>,
  onDone?: (input: Input) => unknown,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (_answer, input) => {
      notifyDone("Saved.");
      await onDone?.(input);
      await client.invalidateQueries({ queryKey: ["workspace"] });
    },
  });
}
