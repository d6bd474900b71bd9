import { Chip, Group, Select, Text, TextInput } from "@mantine/core";
import { type Schedule, timeZones, weekdays } from "@/modules/schedule";
import classes from "./ScheduleFields.module.css";

interface ScheduleFieldsProps {
  value: Schedule;
  onChange: (value: Schedule) => void;
  error: string | null | undefined;
  /** Without: every day. */
  withDays?: boolean;
  timeLabel?: string;
}

/** A time of day, its zone, and the days it counts on. */
export function ScheduleFields({ value, onChange, error, withDays = true, timeLabel }: ScheduleFieldsProps) {
  return (
    <>
      <Group align="flex-start" grow preventGrowOverflow={false}>
        <TextInput
          type="time"
          label={timeLabel ?? "Time"}
          value={value.time}
          error={error}
          onChange={(event) => onChange({ ...value, time: event.currentTarget.value })}
        />
        <Select
          label="Time zone"
          searchable
          allowDeselect={false}
          limit={60}
          data={timeZones(value.zone)}
          value={value.zone}
          onChange={(zone) => onChange({ ...value, zone: zone ?? value.zone })}
        />
      </Group>
      {withDays && <Days value={value.days} onChange={(days) => onChange({ ...value, days })} label="Days" />}
    </>
  );
}

interface DaysProps {
  label: string;
  description?: string;
  value: string[];
  onChange: (days: string[]) => void;
}

export function Days({ label, description, value, onChange }: DaysProps) {
  return (
    <fieldset className={classes.days}>
      <legend className={classes.legend}>{label}</legend>
      {description && (
        <Text size="xs" c="dimmed">
          {description}
        </Text>
      )}
      <Chip.Group multiple value={value} onChange={onChange}>
        <Group gap={6} mt={6}>
          {weekdays.map((day) => (
            <Chip key={day.value} value={day.value} size="xs">
              {day.label}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </fieldset>
  );
}
