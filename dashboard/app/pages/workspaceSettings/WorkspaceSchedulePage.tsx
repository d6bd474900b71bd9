import { NumberInput, Stack, Switch, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { templateQuery } from "@/api/templates";
import type { Template, Workspace } from "@/api/types";
import { setAutostart, setTtl } from "@/api/workspaces";
import { fromHours, toHours } from "@/modules/duration";
import { checkSchedule, formatSchedule, ownZone, parseSchedule } from "@/modules/schedule";
import { FormSection } from "@/ui/FormSection";
import { Notice } from "@/ui/Notice";
import { Page } from "@/ui/Page";
import { ScheduleFields } from "@/ui/ScheduleFields";
import { Time } from "@/ui/Time";
import { useChange, useWorkspace } from "./useWorkspace";

export function WorkspaceSchedulePage() {
  const { workspace, reason } = useWorkspace();
  const template = useQuery(templateQuery(workspace.organization_name, workspace.template_name)).data;
  return (
    <Page title="Schedule" narrow>
      <Stack>
        <StartForm
          key={workspace.autostart_schedule}
          workspace={workspace}
          template={template}
          reason={reason}
        />
        <StopForm workspace={workspace} template={template} reason={reason} />
      </Stack>
    </Page>
  );
}

interface FormProps {
  workspace: Workspace;
  template: Template | undefined;
  reason: string | undefined;
}

const workdays = ["1", "2", "3", "4", "5"];

function StartForm({ workspace, template, reason }: FormProps) {
  const present = workspace.autostart_schedule ?? "";
  const [on, setOn] = useState(present !== "");
  const [schedule, setSchedule] = useState(
    () => parseSchedule(present) ?? { zone: ownZone(), time: "09:00", days: workdays },
  );
  const [asked, setAsked] = useState(false);
  const save = useChange((line: string) => setAutostart(workspace.id, line));
  const fault = on ? checkSchedule(schedule) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (fault === null) save.mutate(on ? formatSchedule(schedule) : "");
  };
  const closed = template?.allow_user_autostart === false ? "The template does not allow it." : undefined;
  return (
    <FormSection
      title="Start by itself"
      onSubmit={submit}
      error={save.error}
      saving={save.isPending}
      reason={reason ?? closed}
    >
      <Switch
        label="Start by itself"
        checked={on}
        onChange={(event) => setOn(event.currentTarget.checked)}
        description={
          workspace.next_start_at ? undefined : "It is started at the time below, on the days below."
        }
      />
      {workspace.next_start_at && (
        <Text size="sm">
          Next: <Time value={workspace.next_start_at} exact />
        </Text>
      )}
      {present !== "" && parseSchedule(present) === undefined && (
        <Notice tone="warn" title="The present schedule is one that this form cannot show">
          <code>{present}</code>
        </Notice>
      )}
      {on && <ScheduleFields value={schedule} onChange={setSchedule} error={asked ? fault : undefined} />}
    </FormSection>
  );
}

function StopForm({ workspace, template, reason }: FormProps) {
  const [hours, setHours] = useState<number | string>(toHours(workspace.ttl_ms));
  const save = useChange((ms: number | null) => setTtl(workspace.id, ms));
  const fault = Number.isFinite(Number(hours)) && Number(hours) >= 0 ? undefined : "Zero or more.";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const ms = fromHours(hours);
    if (fault === undefined) save.mutate(ms === 0 ? null : ms);
  };
  const closed = template?.allow_user_autostop === false ? "The template sets the time." : undefined;
  return (
    <FormSection
      title="Stop by itself"
      onSubmit={submit}
      error={save.error}
      saving={save.isPending}
      reason={reason ?? closed}
    >
      <NumberInput
        label="Stop after, hours"
        description="Counted from the start; use puts it off. Zero: only by hand."
        min={0}
        decimalScale={2}
        clampBehavior="none"
        value={hours}
        onChange={setHours}
        error={fault}
      />
      <Text size="sm" c="dimmed">
        The present run stops <Time value={workspace.latest_build.deadline} absent="only by hand" exact />.
      </Text>
    </FormSection>
  );
}
