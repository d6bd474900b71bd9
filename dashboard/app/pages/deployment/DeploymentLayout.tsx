import { siteChecks, usePermissions } from "@/api/permissions";
import { SideLayout, SideLink } from "@/ui/SideLayout";

export function DeploymentLayout() {
  const may = usePermissions(siteChecks);
  return (
    <SideLayout label="Deployment">
      {may?.readHealth !== false && <SideLink to="/deployment/health">Health</SideLink>}
      {may?.readDeployment !== false && <SideLink to="/deployment/settings">Settings</SideLink>}
      {may?.readSinks === true && <SideLink to="/deployment/sinks">Audit sinks</SideLink>}
      <SideLink to="/deployment/appearance">Appearance</SideLink>
      <SideLink to="/deployment/notifications">Notifications</SideLink>
      <SideLink to="/deployment/roles">Roles</SideLink>
    </SideLayout>
  );
}
