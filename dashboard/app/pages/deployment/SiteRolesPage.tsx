import { siteChecks, usePermissions } from "@/api/permissions";
import { ButtonLink } from "@/ui/Links";
import { Page } from "@/ui/Page";
import { RolesView } from "../roles/RolesView";

export function SiteRolesPage() {
  const may = usePermissions(siteChecks);
  return (
    <Page
      title="Roles of the site"
      intro="What people may do everywhere. A right that one role denies is gone, whatever others give."
      actions={may?.createRoles && <ButtonLink to="/deployment/role">Create role</ButtonLink>}
    >
      <RolesView
        level="site"
        mayDelete={may?.deleteRoles}
        edit={(role) => (
          <ButtonLink
            to="/deployment/role"
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
