import { Group, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { createRole, type RoleLevel, rolesQuery, updateRole } from "@/api/roles";
import type { AssignableRole, CustomRoleRequest } from "@/api/types";
import { useFieldErrors } from "@/modules/fieldErrors";
import { notifyDone } from "@/modules/notify";
import { permissionsOf, type Rule, rulesOf } from "@/modules/permissionTable";
import { FormError } from "@/ui/FormError";
import { Section } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { NotFound } from "@/ui/States";
import { SubmitButton } from "@/ui/SubmitButton";
import { RuleList } from "./RuleList";

interface RoleEditorProps {
  level: RoleLevel;
  /** Undefined for a new one. */
  name: string | undefined;
  /** Why nothing can be saved. */
  reason: string | undefined;
  onSaved: () => void;
}

export function RoleEditor(props: RoleEditorProps) {
  const roles = useQuery(rolesQuery(props.level));
  return (
    <QueryView query={roles}>
      {(list) => {
        const role = list.find((each) => each.name === props.name);
        if (props.name !== undefined && role === undefined) return <NotFound order={2} />;
        return <Editor key={props.name} {...props} role={role} />;
      }}
    </QueryView>
  );
}

function checkRoleName(name: string): string | null {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) && name.length <= 64
    ? null
    : "Small letters, digits and single hyphens, at most 64.";
}

function Editor({ level, role, reason, onSaved }: RoleEditorProps & { role: AssignableRole | undefined }) {
  const client = useQueryClient();
  const site = level === "site";
  const form = useForm({
    initialValues: {
      name: role?.name ?? "",
      display_name: role?.display_name ?? "",
      /** On everything of the level. */
      all: rulesOf(site ? role?.site_permissions : role?.organization_permissions),
      /** On what belongs to the person. */
      own: rulesOf(site ? role?.user_permissions : role?.organization_member_permissions),
    },
    validate: { name: (value) => (role ? null : checkRoleName(value)), all: checkRules, own: checkRules },
  });
  const save = useMutation({
    mutationFn: ({ name, display_name, all, own }: typeof form.values) => {
      const body: CustomRoleRequest = {
        name,
        display_name,
        site_permissions: site ? permissionsOf(all) : [],
        user_permissions: site ? permissionsOf(own) : [],
        organization_permissions: site ? [] : permissionsOf(all),
        organization_member_permissions: site ? [] : permissionsOf(own),
      };
      return role ? updateRole(level, body) : createRole(level, body);
    },
    onSuccess: async () => {
      notifyDone("The role is saved.");
      await client.invalidateQueries({ queryKey: ["roles"] });
      onSaved();
    },
  });
  const rest = useFieldErrors(form, save.error);
  const fixed = role?.built_in ? "The roles of the product cannot be changed." : undefined;
  const where = site ? "on the whole site" : "in the organization";
  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Stack>
        <Section title="Role">
          <Stack>
            <TextInput
              label="Name"
              description={role ? "It cannot be changed." : "Small letters, digits and single hyphens."}
              readOnly={role !== undefined}
              autoComplete="off"
              required
              {...form.getInputProps("name")}
            />
            <TextInput
              label="Display name"
              maxLength={64}
              autoComplete="off"
              {...form.getInputProps("display_name")}
            />
          </Stack>
        </Section>
        <RuleList
          title={`Rights on everything ${where}`}
          rules={form.values.all}
          error={form.errors.all}
          fixed={fixed !== undefined}
          onChange={(rules) => form.setFieldValue("all", rules)}
        />
        <RuleList
          title={`Rights on what is one's own ${where}`}
          rules={form.values.own}
          error={form.errors.own}
          fixed={fixed !== undefined}
          onChange={(rules) => form.setFieldValue("own", rules)}
        />
        <FormError error={rest} />
        <Group justify="flex-end">
          <SubmitButton reason={fixed ?? reason} loading={save.isPending}>
            Save role
          </SubmitButton>
        </Group>
      </Stack>
    </form>
  );
}

function checkRules(rules: Rule[]): string | null {
  const empty = rules.find((rule) => rule.actions.length === 0);
  return empty ? `Choose an action for ${empty.resource}, or remove its line.` : null;
}
