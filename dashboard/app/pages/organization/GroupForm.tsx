import { NumberInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import type { Group, GroupRequest } from "@/api/types";
import { useFieldErrors } from "@/modules/fieldErrors";
import { checkName, NAME_RULE } from "@/modules/names";
import { DialogForm } from "@/ui/FormDialog";

interface GroupFormProps {
  group?: Group;
  deed: string;
  onSave: (body: GroupRequest) => Promise<unknown>;
  onClose: () => void;
}

export function GroupForm({ group, deed, onSave, onClose }: GroupFormProps) {
  // The group of everybody has the organization's id and keeps its name.
  const everyone = group !== undefined && group.id === group.organization_id;
  const form = useForm({
    initialValues: {
      name: group?.name ?? "",
      display_name: group?.display_name ?? "",
      quota_allowance: group?.quota_allowance ?? 0,
    },
    validate: {
      name: (value) => (everyone ? null : checkName(value)),
      quota_allowance: (value) =>
        Number.isInteger(Number(value)) && Number(value) >= 0 ? null : "A whole number.",
    },
  });
  const save = useMutation({ mutationFn: onSave });
  const rest = useFieldErrors(form, save.error);
  return (
    <DialogForm
      onSubmit={form.onSubmit((values) =>
        save.mutate({ ...values, quota_allowance: Number(values.quota_allowance) }),
      )}
      onClose={onClose}
      error={rest}
      saving={save.isPending}
      deed={deed}
    >
      <TextInput
        label="Name"
        description={everyone ? "Everybody in the organization; the name is fixed." : NAME_RULE}
        readOnly={everyone}
        autoComplete="off"
        required
        data-autofocus
        {...form.getInputProps("name")}
      />
      <TextInput
        label="Display name"
        maxLength={64}
        autoComplete="off"
        readOnly={everyone}
        {...form.getInputProps("display_name")}
      />
      <NumberInput
        label="Quota allowance"
        description="Credits that each member may use for workspaces, added to those of their other groups."
        min={0}
        allowDecimal={false}
        clampBehavior="none"
        {...form.getInputProps("quota_allowance")}
      />
    </DialogForm>
  );
}
