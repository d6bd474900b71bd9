import { Button, Group, Modal, MultiSelect, Select, Stack, TagsInput, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { createToken, scopesQuery, tokenConfigQuery } from "@/api/users";
import { useFieldErrors } from "@/modules/fieldErrors";
import { checkName, NAME_RULE } from "@/modules/names";
import { CopyLine } from "@/ui/CopyLine";
import { DialogForm } from "@/ui/FormDialog";

interface CreateTokenDialogProps {
  opened: boolean;
  onClose: () => void;
}

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

const NANOSECONDS_PER_DAY = 86_400 * 1e9;
const offered = [7, 30, 90, 365];
const TARGET = /^[a-z_]+:(\*|[0-9a-f-]{36})$/;

function CreateToken({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const longest = useQuery(tokenConfigQuery).data?.max_token_lifetime;
  const known = useQuery(scopesQuery).data ?? [];
  const days = lifetimes(longest);
  const usual = days.includes(30) ? 30 : (days.at(-1) ?? 1);
  const form = useForm({
    initialValues: { token_name: "", lifetime: "", scopes: [] as string[], allow_list: [] as string[] },
    validate: {
      token_name: checkName,
      allow_list: (list) =>
        list.every((each) => TARGET.test(each))
          ? null
          : "A kind and an id, such as workspace:… or template:*.",
    },
  });
  const create = useMutation({
    mutationFn: ({ token_name, lifetime, scopes, allow_list }: typeof form.values) =>
      createToken({
        token_name,
        lifetime: Number(lifetime || usual) * NANOSECONDS_PER_DAY,
        scopes: scopes.length === 0 ? ["coder:all"] : scopes,
        ...(allow_list.length === 0 ? {} : { allow_list: allow_list.map(targetOf) }),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["tokens"] }),
    // The value lives in this dialog and nowhere else.
    gcTime: 0,
  });
  const rest = useFieldErrors(form, create.error);
  if (create.data) return <Created value={create.data.key} onClose={onClose} />;
  return (
    <DialogForm
      onSubmit={form.onSubmit((values) => create.mutate(values))}
      onClose={onClose}
      error={rest}
      saving={create.isPending}
      deed="Create token"
    >
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
        data={days.map((each) => ({ value: String(each), label: each === 1 ? "1 day" : `${each} days` }))}
        allowDeselect={false}
        {...form.getInputProps("lifetime")}
        value={form.values.lifetime || String(usual)}
      />
      <MultiSelect
        label="Only for"
        description="What it may be used for. None chosen: everything you may do."
        data={known}
        searchable
        limit={100}
        hidePickedOptions
        {...form.getInputProps("scopes")}
      />
      <TagsInput
        label="Only on"
        description="Single things it is confined to, as kind:id. None: all that you reach."
        placeholder="workspace:…"
        {...form.getInputProps("allow_list")}
      />
    </DialogForm>
  );
}

/** In days: the usual ones that the server allows, and its longest where that is short. */
function lifetimes(longest: number | undefined): number[] {
  if (!longest) return offered;
  const most = Math.floor(longest / NANOSECONDS_PER_DAY);
  const allowed = offered.filter((each) => each <= most);
  return allowed.length > 0 ? allowed : [Math.max(1, most)];
}

function targetOf(text: string) {
  const [type = "", id = ""] = text.split(":");
  return { type, id };
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
