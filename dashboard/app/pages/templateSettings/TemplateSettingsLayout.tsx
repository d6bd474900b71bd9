import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { templateQuery } from "@/api/templates";
import type { Template } from "@/api/types";
import { TextLink } from "@/ui/Links";
import { QueryView } from "@/ui/QueryView";
import { SideLayout, SideLink } from "@/ui/SideLayout";

const route = getRouteApi("/signed-in/shell/templates/$organization/$template/settings");

export function TemplateSettingsLayout() {
  const { organization, template: name } = route.useParams();
  const template = useQuery(templateQuery(organization, name));
  return (
    <QueryView query={template} order={1}>
      {(data) => <Layout template={data} />}
    </QueryView>
  );
}

function Layout({ template }: { template: Template }) {
  const params = { organization: template.organization_name, template: template.name };
  return (
    <SideLayout
      label="Template settings"
      heading={
        <TextLink to="/templates/$organization/$template" params={params} inherit>
          {template.display_name || template.name}
        </TextLink>
      }
    >
      <SideLink to="/templates/$organization/$template/settings/general" params={params}>
        General
      </SideLink>
      <SideLink to="/templates/$organization/$template/settings/schedule" params={params}>
        Schedule
      </SideLink>
      <SideLink to="/templates/$organization/$template/settings/permissions" params={params}>
        Permissions
      </SideLink>
      <SideLink to="/templates/$organization/$template/settings/versions" params={params}>
        Versions
      </SideLink>
      <SideLink to="/templates/$organization/$template/settings/variables" params={params}>
        Variables
      </SideLink>
    </SideLayout>
  );
}
