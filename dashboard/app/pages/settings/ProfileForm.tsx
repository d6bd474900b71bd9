import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { meQuery } from "@/api/session";
import { updateProfile } from "@/api/users";
import { useFieldErrors } from "@/modules/fieldErrors";
import { notifyDone } from "@/modules/notify";
import { useMe } from "@/modules/session";
import { FormError } from "@/ui/FormError";
import { Section } from "@/ui/Page";

export function ProfileForm() {
  const me = useMe();
  const client = useQueryClient();
  const form = useForm({ initialValues: { name: me.name ?? "" } });
  const save = useMutation({
    mutationFn: ({ name }: typeof form.values) => updateProfile(me.username, name.trim()),
    onSuccess: (user) => {
      client.setQueryData(meQuery.queryKey, user);
      notifyDone("Saved.");
    },
  });
  const rest = useFieldErrors(form, save.error);
  return (
    <Section title="Profile">
      <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
        <Stack>
          <TextInput
            label="User name"
            value={me.username}
            readOnly
            description="Part of your workspaces' addresses."
          />
          <TextInput label="E-mail" value={me.email} readOnly />
          <TextInput label="Full name" autoComplete="name" maxLength={128} {...form.getInputProps("name")} />
          <FormError error={rest} />
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
