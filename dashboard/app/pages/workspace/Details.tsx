import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { ResourceMetadata, Workspace } from "@/api/types";
import { Facts } from "@/ui/Facts";
import { TextLink } from "@/ui/Links";
import { Section } from "@/ui/Page";
import { Time } from "@/ui/Time";

export function Details({ workspace }: { workspace: Workspace }) {
  const { latest_build: build } = workspace;
  const own: [string, ReactNode][] = [
    ["Owner", workspace.owner_name],
    [
      "Template",
      <TextLink
        key="template"
        inherit
        to="/templates/$organization/$template"
        params={{ organization: workspace.organization_name, template: workspace.template_name }}
      >
        {workspace.template_display_name || workspace.template_name}
      </TextLink>,
    ],
    ["Version", build.template_version_name],
    ["Created", <Time key="created" value={workspace.created_at} />],
    ["Last used", <Time key="used" value={workspace.last_used_at} />],
    ["Stops", <Time key="stops" value={build.deadline} absent="Only by hand" />],
  ];
  return (
    <>
      <Section title="Details">
        <Facts entries={own} />
      </Section>
      {build.resources
        .filter((resource) => !resource.hide && shownMetadata(resource.metadata).length > 0)
        .map((resource) => (
          <Section key={resource.id} title={resource.name}>
            <Facts
              entries={shownMetadata(resource.metadata).map((item) => [
                item.key,
                item.sensitive ? <Sensitive key={item.key} item={item} /> : item.value,
              ])}
            />
          </Section>
        ))}
    </>
  );
}

/** Warnings stand at the top of the page already. */
function shownMetadata(metadata: ResourceMetadata[] | null | undefined): ResourceMetadata[] {
  return (metadata ?? []).filter((item) => !item.key.startsWith("warning"));
}

function Sensitive({ item }: { item: ResourceMetadata }) {
  const [shown, setShown] = useState(false);
  return (
    <>
      <code>{shown ? item.value : "••••••••"}</code>{" "}
      <Button
        variant="subtle"
        size="compact-xs"
        aria-label={`${shown ? "Hide" : "Show"} ${item.key}`}
        onClick={() => setShown(!shown)}
      >
        {shown ? "Hide" : "Show"}
      </Button>
    </>
  );
}
