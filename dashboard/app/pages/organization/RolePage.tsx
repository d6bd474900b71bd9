import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { refusal } from "@/ui/GuardedButton";
import { Page } from "@/ui/Page";
import { RoleEditor } from "../roles/RoleEditor";
import { useOrganization } from "./useOrganization";

const route = getRouteApi("/signed-in/shell/organizations/$organization/role");

export function RolePage() {
  const { organization, may } = useOrganization();
  const { name } = route.useSearch();
  const navigate = useNavigate();
  const params = { organization: organization.name };
  return (
    <Page title={name ?? "New role"}>
      <RoleEditor
        level={params}
        name={name}
        reason={refusal(name ? may?.updateRoles : may?.createRoles, "change roles here")}
        onSaved={() => void navigate({ to: "/organizations/$organization/roles", params })}
      />
    </Page>
  );
}
