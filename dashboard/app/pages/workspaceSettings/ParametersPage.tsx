import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { parametersQuery } from "@/api/templates";
import type { BuildParameter, TemplateVersionParameter, Workspace } from "@/api/types";
import { buildParametersQuery, createBuild } from "@/api/workspaces";
import { buildParameters, checkParameter, initialValues } from "@/modules/parameters";
import { isBusy } from "@/modules/status";
import { FormSection } from "@/ui/FormSection";
import { refusal } from "@/ui/GuardedButton";
import { Page } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { EmptyState } from "@/ui/States";
import { ParameterField } from "../create/ParameterField";
import { useChange, useWorkspace } from "./useWorkspace";

export function ParametersPage() {
  const { workspace, may } = useWorkspace();
  const { latest_build: build } = workspace;
  const parameters = useQuery(parametersQuery(build.template_version_id));
  const present = useQuery(buildParametersQuery(build.id));
  return (
    <Page title="Parameters" narrow>
      <QueryView query={parameters} loading="Reading the template's parameters">
        {(list) => (
          <QueryView query={present}>
            {(values) =>
              list.length === 0 ? (
                <EmptyState title="No parameters">The template asks for nothing.</EmptyState>
              ) : (
                <ParametersForm
                  key={build.id}
                  workspace={workspace}
                  parameters={list}
                  present={values}
                  reason={
                    refusal(may?.update, "change this workspace") ??
                    refusal(may?.start, "start it") ??
                    busy(build)
                  }
                />
              )
            }
          </QueryView>
        )}
      </QueryView>
    </Page>
  );
}

const busy = ({ status }: Workspace["latest_build"]) =>
  isBusy(status) ? "Wait until the current build is done." : undefined;

interface ParametersFormProps {
  workspace: Workspace;
  parameters: TemplateVersionParameter[];
  present: BuildParameter[];
  reason: string | undefined;
}

function ParametersForm({ workspace, parameters, present, reason }: ParametersFormProps) {
  const navigate = useNavigate();
  const [values, setValues] = useState(() => ({
    ...initialValues(parameters),
    ...Object.fromEntries(present.map(({ name, value }) => [name, value])),
  }));
  const [errors, setErrors] = useState<Record<string, string>>({});
  // What cannot be changed any more was settled when the workspace was made.
  const changeable = parameters.filter((each) => each.mutable);
  const start = useChange(
    (chosen: BuildParameter[]) =>
      createBuild(workspace.id, { transition: "start", rich_parameter_values: chosen }),
    () =>
      navigate({
        to: "/@{$owner}/$workspace",
        params: { owner: workspace.owner_name, workspace: workspace.name },
      }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = changeable
      .map((each): [string, string | null] => [each.name, checkParameter(each, values[each.name] ?? "")])
      .filter((entry): entry is [string, string] => entry[1] !== null);
    setErrors(Object.fromEntries(found));
    if (found.length > 0) return;
    const chosen = Object.fromEntries(changeable.map(({ name }) => [name, values[name] ?? ""]));
    start.mutate(buildParameters(chosen));
  };
  return (
    <FormSection
      title="Parameters"
      onSubmit={submit}
      error={start.error}
      saving={start.isPending}
      deed="Save and start"
      reason={reason ?? (changeable.length === 0 ? "None of them can be changed." : undefined)}
    >
      <Text size="sm">New values count from the next start on. A running workspace is started anew.</Text>
      {parameters.map((parameter) =>
        parameter.mutable ? (
          <ParameterField
            key={parameter.name}
            parameter={parameter}
            value={values[parameter.name] ?? ""}
            error={errors[parameter.name]}
            onChange={(value) => setValues((before) => ({ ...before, [parameter.name]: value }))}
          />
        ) : (
          <div key={parameter.name}>
            <Text size="sm" fw={500}>
              {parameter.display_name || parameter.name}
            </Text>
            <Text size="sm" c="dimmed">
              {values[parameter.name] || "–"} (fixed since the workspace was made)
            </Text>
          </div>
        ),
      )}
    </FormSection>
  );
}
