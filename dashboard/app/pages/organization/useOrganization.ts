import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { organizationQuery } from "@/api/organizations";
import { organizationChecks, usePermissions } from "@/api/permissions";

const route = getRouteApi("/signed-in/shell/organizations/$organization");

/** The organization of the pages below its frame, which has fetched it, and what may be done in it. */
export function useOrganization() {
  const { organization: name } = route.useParams();
  const organization = useSuspenseQuery(organizationQuery(name)).data;
  return { organization, may: usePermissions(organizationChecks(organization.id)) };
}
