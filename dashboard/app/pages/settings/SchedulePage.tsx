import { Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { quietHoursQuery, updateQuietHours } from "@/api/account";
import type { QuietHours } from "@/api/types";
import { notifyDone } from "@/modules/notify";
import { checkSchedule, formatSchedule, ownZone, parseSchedule, weekdays } from "@/modules/schedule";
import { FormSection } from "@/ui/FormSection";
import { Page } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { ScheduleFields } from "@/ui/ScheduleFields";
import { Time } from "@/ui/Time";

export function SchedulePage() {
  const quiet = useQuery(quietHoursQuery);
  return (
    <Page title="Quiet hours" narrow>
      <QueryView query={quiet}>{(data) => <QuietForm key={data.raw_schedule} quiet={data} />}</QueryView>
    </Page>
  );
}

const everyDay = weekdays.map(({ value }) => value);

function QuietForm({ quiet }: { quiet: QuietHours }) {
  const client = useQueryClient();
  const [schedule, setSchedule] = useState(
    () => parseSchedule(quiet.raw_schedule) ?? { zone: ownZone(), time: "00:00", days: everyDay },
  );
  const [asked, setAsked] = useState(false);
  const fault = checkSchedule(schedule);
  const save = useMutation({
    mutationFn: () => updateQuietHours(formatSchedule(schedule)),
    onSuccess: async () => {
      notifyDone("Saved.");
      await client.invalidateQueries(quietHoursQuery);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (fault === null) save.mutate();
  };
  return (
    <FormSection
      title="Quiet hours"
      onSubmit={submit}
      error={save.error}
      saving={save.isPending}
      reason={quiet.user_can_set ? undefined : "An administrator sets the quiet hours for everybody."}
    >
      <Text size="sm">
        Where a template wants workspaces to be stopped now and then, for updates say, it happens then. The
        next time is <Time value={quiet.next} absent="not known" exact />.
      </Text>
      <ScheduleFields
        value={schedule}
        onChange={setSchedule}
        error={asked ? fault : undefined}
        withDays={false}
        timeLabel="They begin at"
      />
    </FormSection>
  );
}
