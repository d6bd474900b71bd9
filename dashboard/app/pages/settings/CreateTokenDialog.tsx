import { Button, Group, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { createToken, tokensQuery } from "@/api/users";
import { useFieldErrors } from "@/modules/fieldErrors";
import { checkName, NAME_RULE } from "@/modules/names";
import { CopyLine } from "@/ui/CopyLine";
import { FormError } from "@/ui/FormError";

interface CreateTokenDialogProps {
  opened: boolean;
  onClose: () => void;
}

const lifetimes = [7, 30, 90].map((days) => ({ value: String(days), label: `${days} days` }));

export function CreateTokenDialog({ opened, onClose }: CreateTokenDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Create token"
      // A value that is shown once must not vanish by a click beside it.
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <CreateToken onClose={onClose} />
    </Modal>
  );
}

function CreateToken({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const form = useForm({
    initialValues: { token_name: "", lifetime: "30" },
    validate: { token_name: checkName },
  });
  const create = useMutation({
    mutationFn: (values: typeof form.values) => createToken(values.token_name, Number(values.lifetime)),
    onSuccess: () => client.invalidateQueries(tokensQuery),
    // The value lives in this dialog and nowhere else.
    gcTime: 0,
  });
  const rest = useFieldErrors(form, create.error);
  if (create.data) return <Created value={create.data.key} onClose={onClose} />;
  return (
    <form onSubmit={form.onSubmit((values) => create.mutate(values))} noValidate>
      <Stack>
        <TextInput
          label="Name"
          description={NAME_RULE}
          autoComplete="off"
          required
          data-autofocus
          {...form.getInputProps("token_name")}
        />
        <Select
          label="Expires after"
          data={lifetimes}
          allowDeselect={false}
          {...form.getInputProps("lifetime")}
        />
        <FormError error={rest} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Create token
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Created({ value, onClose }: { value: string; onClose: () => void }) {
  return (
    <Stack>
      <Text size="sm">Copy it now: it is shown this once, and the server keeps only its hash.</Text>
      <CopyLine text={value} label="the token" wrap />
      <Group justify="flex-end">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}
