import { Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import type { User } from "@/api/types";
import { setPassword } from "@/api/users";
import { useFieldErrors } from "@/modules/fieldErrors";
import { notifyDone } from "@/modules/notify";
import { checkPassword } from "@/modules/passwordRules";
import { DialogForm, FormDialog } from "@/ui/FormDialog";
import { GuardedButton, refusal } from "@/ui/GuardedButton";
import { NewPassword } from "@/ui/PasswordFields";

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
        <ResetForm user={user} onClose={dialog.close} />
      </FormDialog>
    </>
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
        data-autofocus
        {...form.getInputProps("password")}
      />
    </DialogForm>
  );
}
