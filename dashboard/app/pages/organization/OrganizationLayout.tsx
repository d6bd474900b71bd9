import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { organizationQuery } from "@/api/organizations";
import { organizationChecks, usePermissions } from "@/api/permissions";
import type { Organization } from "@/api/types";
import { QueryView } from "@/ui/QueryView";
import { SideLayout, SideLink } from "@/ui/SideLayout";

const route = getRouteApi("/signed-in/shell/organizations/$organization");

export function OrganizationLayout() {
  const { organization: name } = route.useParams();
  const organization = useQuery(organizationQuery(name));
  return (
    <QueryView query={organization} order={1}>
      {(data) => <Layout organization={data} />}
    </QueryView>
  );
}

function Layout({ organization }: { organization: Organization }) {
  const params = { organization: organization.name };
  const may = usePermissions(organizationChecks(organization.id));
  return (
    <SideLayout label="Organization" heading={organization.display_name || organization.name}>
      {may?.readMembers !== false && (
        <SideLink to="/organizations/$organization/members" params={params}>
          Members
        </SideLink>
      )}
      <SideLink to="/organizations/$organization/groups" params={params}>
        Groups
      </SideLink>
      <SideLink to="/organizations/$organization/roles" params={params}>
        Roles
      </SideLink>
      <SideLink to="/organizations/$organization/settings" params={params}>
        Settings
      </SideLink>
    </SideLayout>
  );
}
