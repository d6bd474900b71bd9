import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { changeByCode, requestCode } from "@/api/session";
import { useFieldErrors } from "@/modules/fieldErrors";
import { checkEmail } from "@/modules/names";
import { notifyDone } from "@/modules/notify";
import { checkPassword } from "@/modules/passwordRules";
import { FormError } from "@/ui/FormError";
import { NewPassword } from "@/ui/PasswordFields";

export function ResetPasswordForm() {
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { email: "", one_time_passcode: "", password: "" },
    validate: {
      email: checkEmail,
      one_time_passcode: (value) => (value.trim() === "" ? "Enter the code." : null),
      password: (value, all) => checkPassword(value, "", all.email),
    },
  });
  const send = useMutation({ meta: { ownUnauthorized: true }, mutationFn: requestCode });
  const change = useMutation({
    meta: { ownUnauthorized: true },
    mutationFn: (values: typeof form.values) =>
      changeByCode(values.email, values.one_time_passcode.trim(), values.password),
    onSuccess: () => {
      notifyDone("The password is changed. Sign in with it.");
      return navigate({ to: "/login" });
    },
    // Code and password live in this form and nowhere else.
    gcTime: 0,
  });
  const rest = useFieldErrors(form, change.error);
  const ask = () => {
    if (!form.validateField("email").hasError) send.mutate(form.values.email);
  };
  return (
    <form onSubmit={form.onSubmit((values) => change.mutate(values))} noValidate>
      <Stack>
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          data-autofocus
          {...form.getInputProps("email")}
        />
        <Group gap="sm">
          <Button size="xs" variant="default" loading={send.isPending} onClick={ask}>
            Send me a code
          </Button>
          {send.isSuccess && (
            // The same for everybody: whether there is such an account is nobody's business.
            <Text size="xs" c="dimmed" role="status">
              If there is such an account, a code is on its way.
            </Text>
          )}
        </Group>
        <FormError error={send.error} />
        <TextInput
          label="One-time code"
          autoComplete="one-time-code"
          spellCheck={false}
          required
          {...form.getInputProps("one_time_passcode")}
        />
        <NewPassword
          label="New password"
          username=""
          email={form.values.email}
          {...form.getInputProps("password")}
        />
        <FormError error={rest} />
        <Button type="submit" loading={change.isPending}>
          Set the password
        </Button>
      </Stack>
    </form>
  );
}
