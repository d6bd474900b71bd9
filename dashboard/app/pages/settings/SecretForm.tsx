import { PasswordInput, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { createSecret, secretsQuery, updateSecret } from "@/api/account";
import type { UserSecret } from "@/api/types";
import { useFieldErrors } from "@/modules/fieldErrors";
import { notifyDone } from "@/modules/notify";
import { DialogForm } from "@/ui/FormDialog";

interface SecretFormProps {
  /** Undefined for a new one. */
  secret: UserSecret | undefined;
  onClose: () => void;
}

export function SecretForm({ secret, onClose }: SecretFormProps) {
  const client = useQueryClient();
  const form = useForm({
    initialValues: {
      name: secret?.name ?? "",
      value: "",
      description: secret?.description ?? "",
      env_name: secret?.env_name ?? "",
      file_path: secret?.file_path ?? "",
      enabled: secret?.enabled ?? true,
    },
    validate: {
      name: (value) => (value.trim() === "" ? "Enter a name." : null),
      value: (value) => (value === "" && secret === undefined ? "Enter the value." : null),
      env_name: (value) =>
        value === "" || /^[A-Za-z_][A-Za-z0-9_]*$/.test(value) ? null : "Letters, digits and underscores.",
      file_path: (value) => (value === "" || /^[~/]/.test(value) ? null : "Begin with / or ~/."),
    },
  });
  const save = useMutation({
    mutationFn: ({ name, value, ...rest }: typeof form.values) => {
      const changed = value === "" ? rest : { ...rest, value };
      return secret ? updateSecret(secret.name, changed) : createSecret({ ...changed, name });
    },
    onSuccess: async ({ name }) => {
      notifyDone(`The secret ${name} is kept.`);
      onClose();
      await client.invalidateQueries(secretsQuery);
    },
    // The value lives in this dialog and nowhere else.
    gcTime: 0,
  });
  const rest = useFieldErrors(form, save.error);
  return (
    <DialogForm
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      onClose={onClose}
      error={rest}
      saving={save.isPending}
      deed={secret ? "Save" : "Add secret"}
    >
      <TextInput
        label="Name"
        readOnly={secret !== undefined}
        autoComplete="off"
        maxLength={64}
        required
        data-autofocus
        {...form.getInputProps("name")}
      />
      <PasswordInput
        label="Value"
        description={secret ? "Leave it empty to keep the present one." : undefined}
        autoComplete="off"
        required={secret === undefined}
        {...form.getInputProps("value")}
      />
      <TextInput
        label="Variable"
        description="The name it has in a workspace's environment."
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps("env_name")}
      />
      <TextInput
        label="File"
        description="Where it is put in a workspace, such as ~/.netrc."
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps("file_path")}
      />
      <TextInput label="Description" maxLength={256} {...form.getInputProps("description")} />
      <Switch label="Given to workspaces" {...form.getInputProps("enabled", { type: "checkbox" })} />
    </DialogForm>
  );
}
