import { Select, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { organizationsQuery } from "@/api/organizations";
import type { Organization } from "@/api/types";
import { createUser } from "@/api/users";
import { useFieldErrors } from "@/modules/fieldErrors";
import { checkEmail, checkName, NAME_RULE } from "@/modules/names";
import { notifyDone } from "@/modules/notify";
import { checkPassword } from "@/modules/passwordRules";
import { DialogForm, FormDialog } from "@/ui/FormDialog";
import { NewPassword } from "@/ui/PasswordFields";
import { QueryView } from "@/ui/QueryView";

interface CreateUserDialogProps {
  opened: boolean;
  onClose: () => void;
}

export function CreateUserDialog({ opened, onClose }: CreateUserDialogProps) {
  return (
    <FormDialog opened={opened} onClose={onClose} title="Create user">
      <Organizations onClose={onClose} />
    </FormDialog>
  );
}

function Organizations({ onClose }: { onClose: () => void }) {
  const organizations = useQuery(organizationsQuery);
  return (
    <QueryView query={organizations}>
      {(list) => <CreateUserForm organizations={list} onClose={onClose} />}
    </QueryView>
  );
}

function CreateUserForm({ organizations, onClose }: { organizations: Organization[]; onClose: () => void }) {
  const client = useQueryClient();
  const first = organizations.find((each) => each.is_default) ?? organizations[0];
  const form = useForm({
    initialValues: {
      username: "",
      email: "",
      name: "",
      password: "",
      organization: first?.id ?? "",
      service: false,
    },
    validate: {
      username: checkName,
      email: (value, all) => (all.service ? null : checkEmail(value)),
      password: (value, all) => (all.service ? null : checkPassword(value, all.username, all.email)),
      organization: (value) => (value === "" ? "Choose an organization." : null),
    },
  });
  const create = useMutation({
    mutationFn: ({ organization, service, ...user }: typeof form.values) =>
      createUser({
        ...user,
        ...(service ? { email: "", password: "", service_account: true } : {}),
        login_type: service ? "none" : "password",
        organization_ids: [organization],
      }),
    onSuccess: async (user) => {
      notifyDone(form.values.service ? `${user.username} is there.` : `${user.username} can sign in now.`);
      onClose();
      await client.invalidateQueries({ queryKey: ["users"] });
    },
  });
  const rest = useFieldErrors(form, create.error);
  const { service } = form.values;
  return (
    <DialogForm
      onSubmit={form.onSubmit((values) => create.mutate(values))}
      onClose={onClose}
      error={rest}
      saving={create.isPending}
      deed="Create user"
    >
      <TextInput
        label="User name"
        description={NAME_RULE}
        autoComplete="off"
        required
        data-autofocus
        {...form.getInputProps("username")}
      />
      <Switch
        label="Service account"
        description="For programs: nobody signs in as it, it acts by its tokens alone."
        {...form.getInputProps("service", { type: "checkbox" })}
      />
      {!service && (
        <TextInput label="E-mail" type="email" autoComplete="off" required {...form.getInputProps("email")} />
      )}
      <TextInput label="Full name" autoComplete="off" {...form.getInputProps("name")} />
      {organizations.length > 1 && (
        <Select
          label="Organization"
          data={organizations.map((each) => ({ value: each.id, label: each.display_name || each.name }))}
          required
          {...form.getInputProps("organization")}
        />
      )}
      {!service && (
        <NewPassword
          label="First password"
          username={form.values.username}
          email={form.values.email}
          {...form.getInputProps("password")}
        />
      )}
    </DialogForm>
  );
}
