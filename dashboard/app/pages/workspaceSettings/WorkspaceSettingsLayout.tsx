import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { Workspace } from "@/api/types";
import { workspaceQuery } from "@/api/workspaces";
import { TextLink } from "@/ui/Links";
import { QueryView } from "@/ui/QueryView";
import { SideLayout, SideLink } from "@/ui/SideLayout";

const route = getRouteApi("/signed-in/shell/@{$owner}/$workspace/settings");

export function WorkspaceSettingsLayout() {
  const { owner, workspace: name } = route.useParams();
  const workspace = useQuery(workspaceQuery(owner, name));
  return (
    <QueryView query={workspace} order={1}>
      {(data) => <Layout workspace={data} />}
    </QueryView>
  );
}

function Layout({ workspace }: { workspace: Workspace }) {
  const params = { owner: workspace.owner_name, workspace: workspace.name };
  return (
    <SideLayout
      label="Workspace settings"
      heading={
        <TextLink to="/@{$owner}/$workspace" params={params} inherit>
          {workspace.name}
        </TextLink>
      }
    >
      <SideLink to="/@{$owner}/$workspace/settings/general" params={params}>
        General
      </SideLink>
      <SideLink to="/@{$owner}/$workspace/settings/parameters" params={params}>
        Parameters
      </SideLink>
      <SideLink to="/@{$owner}/$workspace/settings/schedule" params={params}>
        Schedule
      </SideLink>
      <SideLink to="/@{$owner}/$workspace/settings/sharing" params={params}>
        Sharing
      </SideLink>
      <SideLink to="/@{$owner}/$workspace/settings/ports" params={params}>
        Ports
      </SideLink>
    </SideLayout>
  );
}
