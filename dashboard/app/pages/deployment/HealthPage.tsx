import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { checkHealth, healthQuery, healthSettingsQuery, updateHealthSettings } from "@/api/deployment";
import { siteChecks, usePermissions } from "@/api/permissions";
import type { HealthReport, HealthSectionReport } from "@/api/types";
import { factsOf, type HealthPart, healthParts, severityLook } from "@/modules/health";
import { notifyError } from "@/modules/notify";
import { Facts } from "@/ui/Facts";
import { GuardedButton, refusal } from "@/ui/GuardedButton";
import { Notice } from "@/ui/Notice";
import { Page, Section } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { Status } from "@/ui/Status";
import { Time } from "@/ui/Time";

export function HealthPage() {
  const client = useQueryClient();
  const report = useQuery(healthQuery);
  const check = useMutation({
    mutationFn: checkHealth,
    onSuccess: (found) => client.setQueryData(healthQuery.queryKey, found),
    onError: notifyError,
  });
  return (
    <Page
      title="Health"
      actions={
        <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
          Check again
        </Button>
      }
    >
      <QueryView query={report} loading="Checking">
        {(data) => <Report report={data} />}
      </QueryView>
    </Page>
  );
}

function Report({ report }: { report: HealthReport }) {
  const parts = healthParts.filter(({ key }) => report[key] !== undefined);
  return (
    <Stack>
      <Section title="The whole">
        <Facts
          entries={[
            ["State", <Status key="state" look={severityLook(report.severity)} />],
            ["Version", report.coder_version],
            ["Checked", <Time key="time" value={report.time} />],
          ]}
        />
      </Section>
      {parts.map((part) => (
        <Part key={part.key} part={part} found={report[part.key] as HealthSectionReport} />
      ))}
    </Stack>
  );
}

function Part({ part, found }: { part: HealthPart; found: HealthSectionReport }) {
  return (
    <Section
      title={part.title}
      aside={
        <Group gap="sm">
          <Status look={severityLook(found.severity)} />
          <DismissButton part={part} dismissed={found.dismissed === true} />
        </Group>
      }
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {part.about}
        </Text>
        {found.error && (
          <Notice tone="bad" title="It failed">
            {found.error}
          </Notice>
        )}
        {(found.warnings ?? []).map(({ code, message }) => (
          <Notice key={`${code} ${message}`} tone="warn" title={message}>
            Code <code>{code}</code>
          </Notice>
        ))}
        <Facts entries={factsOf(found)} />
      </Stack>
    </Section>
  );
}

function DismissButton({ part, dismissed }: { part: HealthPart; dismissed: boolean }) {
  const client = useQueryClient();
  const may = usePermissions(siteChecks);
  const settings = useQuery(healthSettingsQuery).data;
  const change = useMutation({
    mutationFn: () => {
      const others = (settings?.dismissed_healthchecks ?? []).filter((each) => each !== part.name);
      return updateHealthSettings({ dismissed_healthchecks: dismissed ? others : [...others, part.name] });
    },
    onSuccess: () =>
      Promise.all([client.invalidateQueries(healthQuery), client.invalidateQueries(healthSettingsQuery)]),
    onError: notifyError,
  });
  if (settings === undefined) return null;
  const deed = dismissed ? "Watch" : "Dismiss";
  return (
    <GuardedButton
      size="compact-xs"
      variant="subtle"
      reason={refusal(may?.updateDeployment, "change what is watched")}
      loading={change.isPending}
      aria-label={`${deed} ${part.title}`}
      onClick={() => change.mutate()}
    >
      {deed}
    </GuardedButton>
  );
}
