import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { siteChecks, usePermissions } from "@/api/permissions";
import { refusal } from "@/ui/GuardedButton";
import { Page } from "@/ui/Page";
import { RoleEditor } from "../roles/RoleEditor";

const route = getRouteApi("/signed-in/shell/deployment/role");

export function SiteRolePage() {
  const may = usePermissions(siteChecks);
  const { name } = route.useSearch();
  const navigate = useNavigate();
  return (
    <Page title={name ?? "New role"}>
      <RoleEditor
        level="site"
        name={name}
        reason={refusal(name ? may?.updateRoles : may?.createRoles, "change roles of the site")}
        onSaved={() => void navigate({ to: "/deployment/roles" })}
      />
    </Page>
  );
}
