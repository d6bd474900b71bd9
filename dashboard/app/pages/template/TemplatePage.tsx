import { Grid, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { templateQuery, templateVersionQuery } from "@/api/templates";
import type { Template } from "@/api/types";
import { Facts } from "@/ui/Facts";
import { ButtonLink } from "@/ui/Links";
import { Markdown } from "@/ui/Markdown";
import { Notice } from "@/ui/Notice";
import { Page, Section } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { Time } from "@/ui/Time";
import { VersionTable } from "./VersionTable";

const route = getRouteApi("/signed-in/shell/templates/$organization/$template");

export function TemplatePage() {
  const { organization, template: name } = route.useParams();
  const template = useQuery(templateQuery(organization, name));
  return (
    <QueryView query={template} order={1}>
      {(data) => <TemplateView template={data} />}
    </QueryView>
  );
}

function TemplateView({ template }: { template: Template }) {
  const active = useQuery(templateVersionQuery(template.active_version_id));
  const params = { organization: template.organization_name, template: template.name };
  return (
    <Page
      title={template.display_name || template.name}
      intro={template.description}
      actions={
        <Group gap="xs">
          <ButtonLink to="/templates/$organization/$template/settings" params={params} variant="default">
            Settings
          </ButtonLink>
          <ButtonLink to="/templates/$organization/$template/workspace" params={params}>
            Create workspace
          </ButtonLink>
        </Group>
      }
    >
      <Stack>
        {template.deprecated && (
          <Notice tone="warn" title="This template is deprecated">
            {template.deprecation_message}
          </Notice>
        )}
        <Grid>
          <Grid.Col span={{ base: 12, md: 8 }}>
            <Section title="About">
              <QueryView query={active}>
                {({ readme }) =>
                  readme.trim() === "" ? (
                    <Text c="dimmed">There is no README.</Text>
                  ) : (
                    <Markdown text={readme} />
                  )
                }
              </QueryView>
            </Section>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 4 }}>
            <Section title="Details">
              <Facts
                entries={[
                  ["Name", template.name],
                  ["Organization", template.organization_name],
                  ["Created by", template.created_by_name],
                  ["Updated", <Time key="updated" value={template.updated_at} />],
                  ["Active version", active.data?.name],
                ]}
              />
            </Section>
          </Grid.Col>
        </Grid>
        <VersionTable template={template} />
      </Stack>
    </Page>
  );
}
