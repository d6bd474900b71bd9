import { Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { hasStatus } from "@/api/errors";
import { createFirstUser, login } from "@/api/session";
import { useFieldErrors } from "@/modules/fieldErrors";
import { checkEmail, checkName, NAME_RULE } from "@/modules/names";
import { checkPassword } from "@/modules/passwordRules";
import { HOME } from "@/modules/returnPath";
import { FormError } from "@/ui/FormError";
import { Notice } from "@/ui/Notice";
import { NewPassword } from "@/ui/PasswordFields";
import { setupTokenOf } from "./setupToken";

export function SetupForm() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const form = useForm({
    initialValues: { username: "", email: "", name: "", password: "" },
    validate: {
      username: checkName,
      email: checkEmail,
      password: (value, all) => checkPassword(value, all.username, all.email),
    },
  });
  const create = useMutation({
    meta: { ownUnauthorized: true },
    mutationFn: async (values: typeof form.values) => {
      await createFirstUser(values, setupTokenOf(window.location.hash));
      await login(values.email, values.password);
    },
    onSuccess: () => {
      client.clear();
      // Replaces the address, and the used token with it.
      return navigate({ to: HOME, replace: true });
    },
  });
  const rest = useFieldErrors(form, create.error);
  return (
    <form onSubmit={form.onSubmit((values) => create.mutate(values))} noValidate>
      <Stack>
        <TextInput
          label="User name"
          description={NAME_RULE}
          autoComplete="username"
          required
          {...form.getInputProps("username")}
        />
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="email"
          required
          {...form.getInputProps("email")}
        />
        <TextInput label="Full name" autoComplete="name" {...form.getInputProps("name")} />
        <NewPassword
          label="Password"
          username={form.values.username}
          email={form.values.email}
          {...form.getInputProps("password")}
        />
        {hasStatus(create.error, 401) || hasStatus(create.error, 403) ? (
          <WrongLink />
        ) : (
          <FormError error={rest} />
        )}
        <Button type="submit" loading={create.isPending}>
          Create the account
        </Button>
      </Stack>
    </form>
  );
}

function WrongLink() {
  return (
    <Notice tone="bad" urgent title="The set-up link is missing or no longer valid">
      Open the link that the server printed when it started. A restart prints a new one.
    </Notice>
  );
}
