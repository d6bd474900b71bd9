import { Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Organization } from "@/api/types";
import { createUser, organizationsQuery } from "@/api/users";
import { useFieldErrors } from "@/modules/fieldErrors";
import { checkEmail, checkName, NAME_RULE } from "@/modules/names";
import { notifyDone } from "@/modules/notify";
import { checkPassword } from "@/modules/passwordRules";
import { FormError } from "@/ui/FormError";
import { NewPassword } from "@/ui/PasswordFields";
import { QueryView } from "@/ui/QueryView";

interface CreateUserDialogProps {
  opened: boolean;
  onClose: () => void;
}

export function CreateUserDialog({ opened, onClose }: CreateUserDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Create user" closeButtonProps={{ "aria-label": "Close" }}>
      <Organizations onClose={onClose} />
    </Modal>
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
    initialValues: { username: "", email: "", name: "", password: "", organization: first?.id ?? "" },
    validate: {
      username: checkName,
      email: checkEmail,
      password: (value, all) => checkPassword(value, all.username, all.email),
      organization: (value) => (value === "" ? "Choose an organization." : null),
    },
  });
  const create = useMutation({
    mutationFn: ({ organization, ...user }: typeof form.values) =>
      createUser({ ...user, login_type: "password", organization_ids: [organization] }),
    onSuccess: async (user) => {
      notifyDone(`${user.username} can sign in now.`);
      onClose();
      await client.invalidateQueries({ queryKey: ["users"] });
    },
  });
  const rest = useFieldErrors(form, create.error);
  return (
    <form onSubmit={form.onSubmit((values) => create.mutate(values))} noValidate>
      <Stack>
        <TextInput
          label="User name"
          description={NAME_RULE}
          autoComplete="off"
          required
          data-autofocus
          {...form.getInputProps("username")}
        />
        <TextInput label="E-mail" type="email" autoComplete="off" required {...form.getInputProps("email")} />
        <TextInput label="Full name" autoComplete="off" {...form.getInputProps("name")} />
        {organizations.length > 1 && (
          <Select
            label="Organization"
            data={organizations.map((each) => ({ value: each.id, label: each.display_name || each.name }))}
            required
            {...form.getInputProps("organization")}
          />
        )}
        <NewPassword
          label="First password"
          username={form.values.username}
          email={form.values.email}
          {...form.getInputProps("password")}
        />
        <FormError error={rest} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Create user
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
