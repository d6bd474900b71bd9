import { NumberInput, Select, Stack, Switch } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { Template } from "@/api/types";
import { fromDays, fromHours, toDays, toHours } from "@/modules/duration";
import { useFieldErrors } from "@/modules/fieldErrors";
import { weekdays } from "@/modules/schedule";
import { FormSection } from "@/ui/FormSection";
import { Page } from "@/ui/Page";
import { Days } from "@/ui/ScheduleFields";
import { useSaveTemplate, useTemplate } from "./useTemplate";

export function TemplateSchedulePage() {
  const { template, reason } = useTemplate();
  return (
    <Page title="Schedule" intro="When workspaces of this template start and end by themselves." narrow>
      <Stack>
        <StoppingForm template={template} reason={reason} />
        <RulesForm template={template} reason={reason} />
        <DormancyForm template={template} reason={reason} />
      </Stack>
    </Page>
  );
}

interface FormProps {
  template: Template;
  reason: string | undefined;
}

const notNegative = (value: number | string) =>
  Number.isFinite(Number(value)) && Number(value) >= 0 ? null : "Zero or more.";

function StoppingForm({ template, reason }: FormProps) {
  const form = useForm({
    initialValues: {
      default_ttl_ms: toHours(template.default_ttl_ms),
      activity_bump_ms: toHours(template.activity_bump_ms),
      allow_user_autostop: template.allow_user_autostop,
    },
    validate: { default_ttl_ms: notNegative, activity_bump_ms: notNegative },
  });
  const save = useSaveTemplate();
  const rest = useFieldErrors(form, save.error);
  return (
    <FormSection
      title="Stopping"
      onSubmit={form.onSubmit((values) =>
        save.mutate({
          default_ttl_ms: fromHours(values.default_ttl_ms),
          activity_bump_ms: fromHours(values.activity_bump_ms),
          allow_user_autostop: values.allow_user_autostop,
        }),
      )}
      error={rest}
      saving={save.isPending}
      reason={reason}
    >
      <NumberInput
        label="Stop after, hours"
        description="Counted from the start; zero means never."
        min={0}
        decimalScale={2}
        clampBehavior="none"
        {...form.getInputProps("default_ttl_ms")}
      />
      <NumberInput
        label="Use puts the stop off by, hours"
        description="Zero: use does not count."
        min={0}
        decimalScale={2}
        clampBehavior="none"
        {...form.getInputProps("activity_bump_ms")}
      />
      <Switch
        label="People may choose their own time"
        {...form.getInputProps("allow_user_autostop", { type: "checkbox" })}
      />
    </FormSection>
  );
}

const names = (values: string[]) =>
  weekdays.filter(({ value }) => values.includes(value)).map(({ name }) => name);
const values = (list: string[] | null) =>
  weekdays.filter(({ name }) => (list ?? []).includes(name)).map(({ value }) => value);

const everyWeeks = [
  { value: "1", label: "Every week" },
  { value: "2", label: "Every second week" },
  { value: "3", label: "Every third week" },
  { value: "4", label: "Every fourth week" },
];

function RulesForm({ template, reason }: FormProps) {
  const form = useForm({
    initialValues: {
      allow_user_autostart: template.allow_user_autostart,
      start: values(template.autostart_requirement.days_of_week),
      stop: values(template.autostop_requirement.days_of_week),
      weeks: String(Math.max(1, template.autostop_requirement.weeks)),
    },
  });
  const save = useSaveTemplate();
  return (
    <FormSection
      title="Days"
      onSubmit={form.onSubmit(({ allow_user_autostart, start, stop, weeks }) =>
        save.mutate({
          allow_user_autostart,
          autostart_requirement: { days_of_week: names(start) },
          autostop_requirement: { days_of_week: names(stop), weeks: Number(weeks) },
        }),
      )}
      error={save.error}
      saving={save.isPending}
      reason={reason}
    >
      <Switch
        label="Workspaces may start by themselves"
        {...form.getInputProps("allow_user_autostart", { type: "checkbox" })}
      />
      <Days
        label="Days on which they may"
        value={form.values.start}
        onChange={(days) => form.setFieldValue("start", days)}
      />
      <Days
        label="Days on which every workspace must stop once"
        description="In the quiet hours of its owner. None: it need not."
        value={form.values.stop}
        onChange={(days) => form.setFieldValue("stop", days)}
      />
      <Select
        label="How often it must stop"
        data={everyWeeks}
        allowDeselect={false}
        {...form.getInputProps("weeks")}
      />
    </FormSection>
  );
}

function DormancyForm({ template, reason }: FormProps) {
  const form = useForm({
    initialValues: {
      failure_ttl_ms: toDays(template.failure_ttl_ms),
      time_til_dormant_ms: toDays(template.time_til_dormant_ms),
      time_til_dormant_autodelete_ms: toDays(template.time_til_dormant_autodelete_ms),
    },
    validate: {
      failure_ttl_ms: notNegative,
      time_til_dormant_ms: notNegative,
      time_til_dormant_autodelete_ms: notNegative,
    },
  });
  const save = useSaveTemplate();
  const rest = useFieldErrors(form, save.error);
  return (
    <FormSection
      title="Workspaces that nobody uses"
      onSubmit={form.onSubmit((days) =>
        save.mutate({
          failure_ttl_ms: fromDays(days.failure_ttl_ms),
          time_til_dormant_ms: fromDays(days.time_til_dormant_ms),
          time_til_dormant_autodelete_ms: fromDays(days.time_til_dormant_autodelete_ms),
        }),
      )}
      error={rest}
      saving={save.isPending}
      reason={reason}
    >
      <NumberInput
        label="Stop a failed one after, days"
        description="Zero: leave it as it is."
        min={0}
        decimalScale={2}
        clampBehavior="none"
        {...form.getInputProps("failure_ttl_ms")}
      />
      <NumberInput
        label="Put an unused one to sleep after, days"
        description="It is stopped and starts only when its owner wakes it. Zero: never."
        min={0}
        decimalScale={2}
        clampBehavior="none"
        {...form.getInputProps("time_til_dormant_ms")}
      />
      <NumberInput
        label="Delete a sleeping one after, days"
        description="With its home. Zero: never."
        min={0}
        decimalScale={2}
        clampBehavior="none"
        {...form.getInputProps("time_til_dormant_autodelete_ms")}
      />
    </FormSection>
  );
}
