import { siteChecks, usePermissions } from "@/api/permissions";

export interface Destination {
  to:
    | "/workspaces"
    | "/templates"
    | "/organizations"
    | "/users"
    | "/audit"
    | "/connectionlog"
    | "/deployment";
  text: string;
}

/** The pages this person may open. The administrators' ones appear once the server has said so. */
export function useDestinations(): Destination[] {
  const may = usePermissions(siteChecks);
  const all: (Destination & { shown: boolean })[] = [
    { to: "/workspaces", text: "Workspaces", shown: true },
    { to: "/templates", text: "Templates", shown: true },
    { to: "/organizations", text: "Organizations", shown: may?.readAnyMembers === true },
    { to: "/users", text: "Users", shown: may?.readUsers === true },
    { to: "/audit", text: "Audit", shown: may?.readAudit === true },
    { to: "/connectionlog", text: "Connections", shown: may?.readConnections === true },
    {
      to: "/deployment",
      text: "Deployment",
      shown: may?.readDeployment === true || may?.readHealth === true || may?.assignRoles === true,
    },
  ];
  return all.filter((each) => each.shown);
}
