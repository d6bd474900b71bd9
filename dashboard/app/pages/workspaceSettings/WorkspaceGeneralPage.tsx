import { Group, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import type { Workspace } from "@/api/types";
import { renameWorkspace, setAutomaticUpdates, setDormant } from "@/api/workspaces";
import { useFieldErrors } from "@/modules/fieldErrors";
import { checkName, NAME_RULE } from "@/modules/names";
import { ActionButton } from "@/ui/ActionButton";
import { FormError } from "@/ui/FormError";
import { FormSection } from "@/ui/FormSection";
import { Page, Section } from "@/ui/Page";
import { Time } from "@/ui/Time";
import { useChange, useWorkspace } from "./useWorkspace";

export function WorkspaceGeneralPage() {
  const { workspace, reason } = useWorkspace();
  return (
    <Page title="Workspace settings" narrow>
      <Stack>
        <NameForm workspace={workspace} reason={reason} />
        <Updates workspace={workspace} reason={reason} />
        <Dormancy workspace={workspace} reason={reason} />
      </Stack>
    </Page>
  );
}

interface PartProps {
  workspace: Workspace;
  reason: string | undefined;
}

function NameForm({ workspace, reason }: PartProps) {
  const navigate = useNavigate();
  const form = useForm({ initialValues: { name: workspace.name }, validate: { name: checkName } });
  const rename = useChange(
    (name: string) => renameWorkspace(workspace.id, name),
    (name) =>
      navigate({
        to: "/@{$owner}/$workspace/settings/general",
        params: { owner: workspace.owner_name, workspace: name },
        replace: true,
      }),
  );
  const rest = useFieldErrors(form, rename.error);
  const fixed =
    workspace.allow_renames === false ? "This server does not let workspaces be renamed." : undefined;
  return (
    <FormSection
      title="Name"
      onSubmit={form.onSubmit(({ name }) => rename.mutate(name))}
      error={rest}
      saving={rename.isPending}
      deed="Rename"
      reason={reason ?? fixed}
    >
      <TextInput
        label="Name"
        description={`${NAME_RULE} Part of its addresses, which change with it.`}
        required
        {...form.getInputProps("name")}
      />
    </FormSection>
  );
}

function Updates({ workspace, reason }: PartProps) {
  const change = useChange((always: boolean) => setAutomaticUpdates(workspace.id, always));
  return (
    <Section title="Updates">
      <Switch
        label="Update at each start"
        description="When the template has a newer version, the next start takes it."
        checked={workspace.automatic_updates === "always"}
        disabled={reason !== undefined || change.isPending}
        onChange={(event) => change.mutate(event.currentTarget.checked)}
      />
      <FormError error={change.error} />
    </Section>
  );
}

function Dormancy({ workspace, reason }: PartProps) {
  const asleep = Boolean(workspace.dormant_at);
  const deed = asleep ? "Wake it up" : "Put it to sleep";
  return (
    <Section title="Dormancy">
      <Stack gap="sm">
        <Text size="sm">
          {asleep ? (
            <>
              Dormant since <Time value={workspace.dormant_at} exact />.{" "}
              {workspace.deleting_at && (
                <>
                  It will be deleted <Time value={workspace.deleting_at} exact />.
                </>
              )}
            </>
          ) : (
            "A dormant workspace is stopped and cannot be started until it is woken up."
          )}
        </Text>
        <Group>
          <ActionButton
            deed={deed}
            title={`${deed}?`}
            reason={reason}
            run={() => setDormant(workspace.id, !asleep)}
            done={asleep ? "It is awake." : "It sleeps."}
            refresh={[["workspace"]]}
          >
            {asleep ? "It can be started again." : "It is stopped, and everybody in it is cut off."}
          </ActionButton>
        </Group>
      </Stack>
    </Section>
  );
}
