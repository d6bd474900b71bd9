import { Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { createOrganization } from "@/api/organizations";
import { useFieldErrors } from "@/modules/fieldErrors";
import { checkName, NAME_RULE } from "@/modules/names";
import { DialogForm, FormDialog } from "@/ui/FormDialog";

interface CreateOrganizationDialogProps {
  opened: boolean;
  onClose: () => void;
}

export function CreateOrganizationDialog({ opened, onClose }: CreateOrganizationDialogProps) {
  return (
    <FormDialog opened={opened} onClose={onClose} title="Create organization">
      <CreateForm onClose={onClose} />
    </FormDialog>
  );
}

function CreateForm({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { name: "", display_name: "", description: "" },
    validate: { name: checkName },
  });
  const create = useMutation({
    mutationFn: createOrganization,
    onSuccess: async ({ name }) => {
      await client.invalidateQueries({ queryKey: ["organizations"] });
      await navigate({ to: "/organizations/$organization", params: { organization: name } });
    },
  });
  const rest = useFieldErrors(form, create.error);
  return (
    <DialogForm
      onSubmit={form.onSubmit((values) => create.mutate(values))}
      onClose={onClose}
      error={rest}
      saving={create.isPending}
      deed="Create organization"
    >
      <TextInput
        label="Name"
        description={NAME_RULE}
        autoComplete="off"
        required
        data-autofocus
        {...form.getInputProps("name")}
      />
      <TextInput
        label="Display name"
        maxLength={64}
        autoComplete="off"
        {...form.getInputProps("display_name")}
      />
      <Textarea label="Description" maxLength={128} autosize {...form.getInputProps("description")} />
    </DialogForm>
  );
}
