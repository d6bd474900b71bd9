import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { parametersQuery, templateQuery } from "@/api/templates";
import type { Template } from "@/api/types";
import { Page, Section } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { CreateWorkspaceForm } from "./CreateWorkspaceForm";

const route = getRouteApi("/signed-in/shell/templates/$organization/$template/workspace");

export function CreateWorkspacePage() {
  const { organization, template: name } = route.useParams();
  const template = useQuery(templateQuery(organization, name));
  return (
    <QueryView query={template} order={1}>
      {(data) => <CreateWorkspace template={data} />}
    </QueryView>
  );
}

function CreateWorkspace({ template }: { template: Template }) {
  const parameters = useQuery(parametersQuery(template.active_version_id));
  return (
    <Page
      title="Create workspace"
      intro={`From the template ${template.display_name || template.name}`}
      narrow
    >
      <Section title="Workspace">
        <QueryView query={parameters} loading="Reading the template's parameters">
          {(list) => <CreateWorkspaceForm template={template} parameters={list} />}
        </QueryView>
      </Section>
    </Page>
  );
}
