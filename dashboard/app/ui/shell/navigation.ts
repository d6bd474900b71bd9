import { siteChecks, usePermissions } from "@/api/permissions";

export interface Destination {
  to: "/workspaces" | "/templates" | "/users" | "/audit" | "/connectionlog";
  text: string;
}

/** The pages this person may open. The administrators' ones appear once the server has said so. */
export function useDestinations(): Destination[] {
  const may = usePermissions(siteChecks);
  const all: (Destination & { shown: boolean })[] = [
    { to: "/workspaces", text: "Workspaces", shown: true },
    { to: "/templates", text: "Templates", shown: true },
    { to: "/users", text: "Users", shown: may?.readUsers === true },
    { to: "/audit", text: "Audit", shown: may?.readAudit === true },
    { to: "/connectionlog", text: "Connections", shown: may?.readConnections === true },
  ];
  return all.filter((each) => each.shown);
}
