import { Button, Group, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { changePassword } from "@/api/users";
import { useFieldErrors } from "@/modules/fieldErrors";
import { notifyDone } from "@/modules/notify";
import { checkPassword } from "@/modules/passwordRules";
import { useMe } from "@/modules/session";
import { FormError } from "@/ui/FormError";
import { Section } from "@/ui/Page";
import { NewPassword } from "@/ui/PasswordFields";

export function PasswordForm() {
  const me = useMe();
  const form = useForm({
    initialValues: { old_password: "", password: "" },
    validate: {
      old_password: (value) => (value === "" ? "Enter your present password." : null),
      password: (value) => checkPassword(value, me.username, me.email),
    },
  });
  const change = useMutation({
    mutationFn: (values: typeof form.values) => changePassword(values.old_password, values.password),
    onSuccess: () => {
      form.reset();
      notifyDone("The password is changed. Other sessions have ended.");
    },
  });
  const rest = useFieldErrors(form, change.error);
  return (
    <Section title="Password">
      <form onSubmit={form.onSubmit((values) => change.mutate(values))} noValidate>
        <Stack>
          {/* For password managers, which store a password by its user. */}
          <input type="text" autoComplete="username" value={me.email} readOnly hidden />
          <PasswordInput
            label="Present password"
            autoComplete="current-password"
            required
            {...form.getInputProps("old_password")}
          />
          <NewPassword
            label="New password"
            username={me.username}
            email={me.email}
            {...form.getInputProps("password")}
          />
          <FormError error={rest} />
          <Group justify="flex-end">
            <Button type="submit" loading={change.isPending}>
              Change the password
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
