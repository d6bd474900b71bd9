import { Button, Divider, Group, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import type { User } from "@/api/types";
import { issueCode, setPassword } from "@/api/users";
import { useFieldErrors } from "@/modules/fieldErrors";
import { notifyDone } from "@/modules/notify";
import { checkPassword } from "@/modules/passwordRules";
import { CopyLine } from "@/ui/CopyLine";
import { DialogForm, FormDialog } from "@/ui/FormDialog";
import { FormError } from "@/ui/FormError";
import { GuardedButton, refusal } from "@/ui/GuardedButton";
import { NewPassword } from "@/ui/PasswordFields";
import { Time } from "@/ui/Time";

export function ResetPassword({ user, mayUpdate }: { user: User; mayUpdate: boolean | undefined }) {
  const [opened, dialog] = useDisclosure(false);
  const elsewhere = (user.login_type ?? "password") !== "password";
  return (
    <>
      <GuardedButton
        variant="default"
        reason={
          refusal(mayUpdate, "change accounts") ??
          (elsewhere ? "This account does not sign in with a password of this server." : undefined)
        }
        onClick={dialog.open}
      >
        Reset password
      </GuardedButton>
      <FormDialog opened={opened} onClose={dialog.close} title={`New password for ${user.username}`}>
        <Ways user={user} onClose={dialog.close} />
      </FormDialog>
    </>
  );
}

function Ways({ user, onClose }: { user: User; onClose: () => void }) {
  // The code lives in this dialog and nowhere else.
  const issue = useMutation({ mutationFn: () => issueCode(user.id), gcTime: 0 });
  if (issue.data) {
    return (
      <Stack>
        <Text size="sm">
          With it {user.username} sets a new password at <code>{window.location.origin}/reset-password</code>.
          It works once, until <Time value={issue.data.expires_at} exact />.
        </Text>
        <CopyLine text={issue.data.one_time_passcode} label="the code" wrap />
        <Group justify="flex-end">
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <Stack>
      <Text size="sm">
        Better than a password of your making: a code with which they set their own, and that you need not
        know afterwards.
      </Text>
      <FormError error={issue.error} />
      <Group>
        <Button variant="default" loading={issue.isPending} onClick={() => issue.mutate()}>
          Make a one-time code
        </Button>
      </Group>
      <Divider label="or" />
      <ResetForm user={user} onClose={onClose} />
    </Stack>
  );
}

function ResetForm({ user, onClose }: { user: User; onClose: () => void }) {
  const form = useForm({
    initialValues: { password: "" },
    validate: { password: (value) => checkPassword(value, user.username, user.email) },
  });
  const save = useMutation({
    mutationFn: ({ password }: typeof form.values) => setPassword(user.id, password),
    onSuccess: () => {
      notifyDone(`${user.username} has a new password.`);
      onClose();
    },
    // The password lives in this dialog and nowhere else.
    gcTime: 0,
  });
  const rest = useFieldErrors(form, save.error);
  return (
    <DialogForm
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      onClose={onClose}
      error={rest}
      saving={save.isPending}
      deed="Set the password"
    >
      <Text size="sm">Their sessions end. Tell them the password by a way that nobody else reads.</Text>
      <NewPassword
        label="New password"
        username={user.username}
        email={user.email}
        {...form.getInputProps("password")}
      />
    </DialogForm>
  );
}
