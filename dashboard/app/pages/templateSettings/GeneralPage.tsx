import { Group, Select, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { deleteTemplate } from "@/api/templates";
import type { Template } from "@/api/types";
import { useFieldErrors } from "@/modules/fieldErrors";
import { checkName, NAME_RULE } from "@/modules/names";
import { ActionButton } from "@/ui/ActionButton";
import { FormSection } from "@/ui/FormSection";
import { refusal } from "@/ui/GuardedButton";
import { Page, Section } from "@/ui/Page";
import { useSaveTemplate, useTemplate } from "./useTemplate";

export function GeneralPage() {
  const { template, may, reason } = useTemplate();
  return (
    <Page title="Template settings" narrow>
      <Stack>
        <GeneralForm template={template} reason={reason} />
        <DeleteSection template={template} mayDelete={may?.delete} />
      </Stack>
    </Page>
  );
}

const shareLevels = [
  { value: "owner", label: "Nobody else" },
  { value: "organization", label: "Members of the organization" },
  { value: "authenticated", label: "Everybody who is signed in" },
  { value: "public", label: "Everybody" },
];

function GeneralForm({ template, reason }: { template: Template; reason: string | undefined }) {
  const form = useForm({
    initialValues: {
      name: template.name,
      display_name: template.display_name,
      description: template.description,
      deprecation_message: template.deprecation_message,
      require_active_version: template.require_active_version,
      allow_user_cancel_workspace_jobs: template.allow_user_cancel_workspace_jobs,
      max_port_share_level: template.max_port_share_level,
    },
    validate: { name: checkName },
  });
  const save = useSaveTemplate();
  const rest = useFieldErrors(form, save.error);
  return (
    <FormSection
      title="General"
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      error={rest}
      saving={save.isPending}
      reason={reason}
    >
      <TextInput label="Name" description={NAME_RULE} required {...form.getInputProps("name")} />
      <TextInput label="Display name" maxLength={64} {...form.getInputProps("display_name")} />
      <Textarea label="Description" maxLength={128} autosize {...form.getInputProps("description")} />
      <Switch
        label="Workspaces must start with the active version"
        description="An older one starts only by somebody who may change this template."
        {...form.getInputProps("require_active_version", { type: "checkbox" })}
      />
      <Switch
        label="People may cancel the builds of their workspaces"
        description="A build that is cut off can leave things behind."
        {...form.getInputProps("allow_user_cancel_workspace_jobs", { type: "checkbox" })}
      />
      <Select
        label="Ports and apps may be shared with, at most"
        data={shareLevels}
        allowDeselect={false}
        {...form.getInputProps("max_port_share_level")}
      />
      <TextInput
        label="Deprecation"
        description="With a text here, nobody makes new workspaces from the template, and reads why."
        maxLength={256}
        {...form.getInputProps("deprecation_message")}
      />
    </FormSection>
  );
}

function DeleteSection({ template, mayDelete }: { template: Template; mayDelete: boolean | undefined }) {
  const navigate = useNavigate();
  return (
    <Section title="Delete">
      <Group>
        <ActionButton
          deed="Delete the template"
          title={`Delete ${template.name}?`}
          danger
          typed={template.name}
          reason={refusal(mayDelete, "delete this template")}
          run={() => deleteTemplate(template.id)}
          done={`${template.name} is deleted.`}
          onDone={() => void navigate({ to: "/templates" })}
          refresh={[["templates"]]}
        >
          All its versions go with it. The server refuses while there are workspaces made from it.
        </ActionButton>
      </Group>
    </Section>
  );
}
