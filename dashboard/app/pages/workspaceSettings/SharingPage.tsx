import { Stack } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { AccessRole, WorkspaceAcl } from "@/api/types";
import { updateWorkspaceAcl, workspaceAclQuery } from "@/api/workspaces";
import { groupEntry, personEntry, useMembersAndGroups } from "@/modules/candidates";
import { type AccessEntry, AccessList, type GivenAccess } from "@/ui/AccessList";
import { refusal } from "@/ui/GuardedButton";
import { Page } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { useWorkspace } from "./useWorkspace";

const roles: { value: AccessRole; label: string }[] = [
  { value: "use", label: "Use it" },
  { value: "admin", label: "Manage it" },
];

export function SharingPage() {
  const { workspace, may } = useWorkspace();
  const client = useQueryClient();
  const acl = useQuery(workspaceAclQuery(workspace.id));
  const set = async (entry: AccessEntry, role: AccessRole) => {
    const change = { [entry.id]: role };
    await updateWorkspaceAcl(workspace.id, entry.kind === "user" ? { users: change } : { groups: change });
    await client.invalidateQueries(workspaceAclQuery(workspace.id));
  };
  const useCandidates = (text: string) =>
    useMembersAndGroups(workspace.organization_name, text).filter(({ id }) => id !== workspace.owner_id);
  return (
    <Page
      title="Sharing"
      intro="Who else may open this workspace. It counts at once, both when it is given and when it is taken."
    >
      <Stack>
        <QueryView query={acl}>
          {(data) => (
            <AccessList
              given={given(data)}
              roles={roles}
              useCandidates={useCandidates}
              onSet={set}
              reason={refusal(may?.share, "share this workspace")}
              empty="Only its owner, and those whose roles reach every workspace."
            />
          )}
        </QueryView>
      </Stack>
    </Page>
  );
}

function given({ group, users }: WorkspaceAcl): GivenAccess[] {
  return [
    ...(group ?? []).map((each) => ({ ...groupEntry(each), role: each.role })),
    ...(users ?? []).map((each) => ({ ...personEntry(each.id, each), role: each.role })),
  ];
}
