import { Divider, Group, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { ApiError } from "@/api/errors";
import { createWorkspaceChecks, usePermissions } from "@/api/permissions";
import type { Template, TemplateVersionParameter } from "@/api/types";
import { createWorkspace } from "@/api/workspaces";
import { checkName, NAME_RULE } from "@/modules/names";
import { buildParameters, checkParameter, initialValues } from "@/modules/parameters";
import { useMe } from "@/modules/session";
import { FormError } from "@/ui/FormError";
import { refusal } from "@/ui/GuardedButton";
import { SubmitButton } from "@/ui/SubmitButton";
import { ParameterField } from "./ParameterField";

interface CreateWorkspaceFormProps {
  template: Template;
  parameters: TemplateVersionParameter[];
}

export function CreateWorkspaceForm({ template, parameters }: CreateWorkspaceFormProps) {
  const me = useMe();
  const navigate = useNavigate();
  const may = usePermissions(createWorkspaceChecks(template.organization_id, me.id));
  const [name, setName] = useState("");
  const [values, setValues] = useState(() => initialValues(parameters));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [unplaced, setUnplaced] = useState<unknown>();
  const create = useMutation({
    mutationFn: () =>
      createWorkspace("me", {
        name,
        template_version_id: template.active_version_id,
        rich_parameter_values: buildParameters(values),
      }),
    onSuccess: (workspace) =>
      navigate({
        to: "/@{$owner}/$workspace",
        params: { owner: workspace.owner_name, workspace: workspace.name },
      }),
    onError: (error) => {
      const placed = placeErrors(error, parameters);
      setErrors(placed.errors);
      setUnplaced(placed.complete ? undefined : error);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = check(name, parameters, values);
    setErrors(found);
    setUnplaced(undefined);
    if (Object.keys(found).length === 0) create.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label="Name"
          description={NAME_RULE}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={errors[NAME]}
          required
          autoComplete="off"
          spellCheck={false}
          data-autofocus
        />
        {parameters.length > 0 && <Divider label="Parameters" labelPosition="left" />}
        {parameters.map((parameter) => (
          <ParameterField
            key={parameter.name}
            parameter={parameter}
            value={values[parameter.name] ?? ""}
            error={errors[field(parameter)]}
            onChange={(value) => setValues((before) => ({ ...before, [parameter.name]: value }))}
          />
        ))}
        <FormError error={unplaced} />
        <Group justify="flex-end">
          <SubmitButton
            reason={refusal(may?.create, "create workspaces in this organization")}
            loading={create.isPending}
          >
            Create workspace
          </SubmitButton>
        </Group>
      </Stack>
    </form>
  );
}

/** Keys of the error table. A parameter may be called "name" as well, hence the prefix. */
const NAME = "name";
const field = (parameter: TemplateVersionParameter) => `parameter ${parameter.name}`;

function check(name: string, parameters: TemplateVersionParameter[], values: Record<string, string>) {
  const found: [string, string | null][] = [
    [NAME, checkName(name)],
    ...parameters.map((each): [string, string | null] => [
      field(each),
      checkParameter(each, values[each.name] ?? ""),
    ]),
  ];
  return Object.fromEntries(found.filter((entry): entry is [string, string] => entry[1] !== null));
}

function placeErrors(error: unknown, parameters: TemplateVersionParameter[]) {
  if (!(error instanceof ApiError)) return { errors: {}, complete: false };
  const names = parameters.map((each) => each.name);
  const { fields, rest } = error.byField([...names, NAME]);
  const errors: Record<string, string> = {};
  for (const [name, detail] of Object.entries(fields)) {
    errors[names.includes(name) && name !== NAME ? `parameter ${name}` : NAME] = detail;
  }
  return { errors, complete: rest.length === 0 && Object.keys(errors).length > 0 };
}
