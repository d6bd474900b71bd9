import { Group, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { deleteOrganization, updateOrganization } from "@/api/organizations";
import { useFieldErrors } from "@/modules/fieldErrors";
import { checkName, NAME_RULE } from "@/modules/names";
import { notifyDone } from "@/modules/notify";
import { ActionButton } from "@/ui/ActionButton";
import { FormSection } from "@/ui/FormSection";
import { refusal } from "@/ui/GuardedButton";
import { Page, Section } from "@/ui/Page";
import { useOrganization } from "./useOrganization";

export function SettingsPage() {
  const { organization, may } = useOrganization();
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: {
      name: organization.name,
      display_name: organization.display_name,
      description: organization.description,
    },
    validate: { name: checkName },
  });
  const save = useMutation({
    mutationFn: (values: typeof form.values) => updateOrganization(organization.id, values),
    onSuccess: async (changed) => {
      notifyDone("Saved.");
      await navigate({
        to: "/organizations/$organization/settings",
        params: { organization: changed.name },
        replace: true,
      });
      await client.invalidateQueries({ queryKey: ["organizations"] });
    },
  });
  const rest = useFieldErrors(form, save.error);
  return (
    <Page title="Settings" narrow>
      <Stack>
        <FormSection
          title="Organization"
          onSubmit={form.onSubmit((values) => save.mutate(values))}
          error={rest}
          saving={save.isPending}
          reason={refusal(may?.update, "change this organization")}
        >
          <TextInput
            label="Name"
            description={`${NAME_RULE} Part of addresses, which change with it.`}
            required
            {...form.getInputProps("name")}
          />
          <TextInput label="Display name" maxLength={64} {...form.getInputProps("display_name")} />
          <Textarea label="Description" maxLength={128} autosize {...form.getInputProps("description")} />
        </FormSection>
        <Section title="Delete">
          <Group>
            <ActionButton
              deed="Delete the organization"
              title={`Delete ${organization.name}?`}
              danger
              typed={organization.name}
              reason={
                refusal(may?.delete, "delete organizations") ??
                (organization.is_default ? "The default organization stays." : undefined)
              }
              run={() => deleteOrganization(organization.id)}
              done={`${organization.name} is deleted.`}
              onDone={() => void navigate({ to: "/organizations" })}
              refresh={[["organizations"]]}
            >
              Its groups, roles and memberships end. The server refuses while it has templates or workspaces.
            </ActionButton>
          </Group>
        </Section>
      </Stack>
    </Page>
  );
}
