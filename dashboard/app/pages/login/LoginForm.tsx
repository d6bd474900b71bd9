import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { login } from "@/api/session";
import { checkEmail } from "@/modules/names";
import { isServerPath, safeReturnPath } from "@/modules/returnPath";
import { FormError } from "@/ui/FormError";

const route = getRouteApi("/login");

export function LoginForm() {
  const { redirect } = route.useSearch();
  const router = useRouter();
  const client = useQueryClient();
  const form = useForm({
    initialValues: { email: "", password: "" },
    validate: {
      email: checkEmail,
      password: (value) => (value === "" ? "Enter your password." : null),
    },
  });
  const signIn = useMutation({
    meta: { ownUnauthorized: true },
    mutationFn: (values: typeof form.values) => login(values.email, values.password),
    onSuccess: () => {
      client.clear();
      const target = safeReturnPath(redirect, window.location.origin);
      if (isServerPath(target)) window.location.assign(target);
      else router.history.replace(target);
    },
    onError: () => form.setFieldValue("password", ""),
  });
  return (
    <form onSubmit={form.onSubmit((values) => signIn.mutate(values))} noValidate>
      <Stack>
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          data-autofocus
          {...form.getInputProps("email")}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          {...form.getInputProps("password")}
        />
        <FormError error={signIn.error} />
        <Button type="submit" loading={signIn.isPending}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}
