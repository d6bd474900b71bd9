import { ButtonLink } from "@/ui/Links";
import { Page } from "@/ui/Page";
import { RolesView } from "../roles/RolesView";
import { useOrganization } from "./useOrganization";

export function RolesPage() {
  const { organization, may } = useOrganization();
  const params = { organization: organization.name };
  return (
    <Page
      title="Roles"
      intro="What members may do in this organization. A right that one role denies is gone, whatever others give."
      actions={
        may?.createRoles && (
          <ButtonLink to="/organizations/$organization/role" params={params}>
            Create role
          </ButtonLink>
        )
      }
    >
      <RolesView
        level={params}
        mayDelete={may?.deleteRoles}
        edit={(role) => (
          <ButtonLink
            to="/organizations/$organization/role"
            params={params}
            search={{ name: role.name }}
            size="xs"
            variant="default"
            aria-label={`${role.built_in || !may?.updateRoles ? "Show" : "Edit"} ${role.name}`}
          >
            {role.built_in || !may?.updateRoles ? "Show" : "Edit"}
          </ButtonLink>
        )}
      />
    </Page>
  );
}
