import { Checkbox, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { AssignableRole, SlimRole } from "@/api/types";
import { FormError } from "./FormError";
import { SubmitButton } from "./SubmitButton";

interface RolePickerProps {
  roles: AssignableRole[];
  given: SlimRole[];
  reason: string | undefined;
  onSave: (names: string[]) => Promise<unknown>;
}

/** The roles somebody has, out of those that exist. */
export function RolePicker({ roles, given, reason, onSave }: RolePickerProps) {
  const [chosen, setChosen] = useState(() => given.map((role) => role.name));
  const save = useMutation({ mutationFn: onSave });
  // A role that this person may not see but the other one has: it must not be lost by saving.
  const unseen = given.filter((role) => !roles.some((each) => each.name === role.name));
  const listed = [
    ...roles.filter((role) => role.name !== "member" && role.name !== "organization-member"),
    ...unseen.map((role) => ({ ...role, assignable: false, built_in: false })),
  ];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(chosen);
  };
  const same = chosen.length === given.length && given.every((role) => chosen.includes(role.name));
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <Checkbox.Group aria-label="Roles" value={chosen} onChange={setChosen}>
          <Stack gap={6}>
            {listed.map((role) => (
              <Checkbox
                key={role.name}
                value={role.name}
                label={role.display_name || role.name}
                description={role.built_in ? undefined : "Custom"}
                disabled={reason !== undefined || !role.assignable}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        {listed.length === 0 && (
          <Text size="sm" c="dimmed">
            There are no roles to give.
          </Text>
        )}
        <FormError error={save.error} />
        <Group justify="flex-end">
          <SubmitButton
            reason={reason ?? (same ? "Nothing has changed." : undefined)}
            loading={save.isPending}
          >
            Save roles
          </SubmitButton>
        </Group>
      </Stack>
    </form>
  );
}
