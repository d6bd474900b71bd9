import { Stack, Switch, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { preferencesQuery, updatePreferences } from "@/api/account";
import { notificationTemplatesQuery } from "@/api/notifications";
import type { NotificationPreference, NotificationTemplate } from "@/api/types";
import { notifyError } from "@/modules/notify";
import { Page, Section } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { EmptyState } from "@/ui/States";
import { BrowserPush } from "./BrowserPush";

export function NotificationPreferencesPage() {
  const templates = useQuery(notificationTemplatesQuery);
  const preferences = useQuery(preferencesQuery);
  return (
    <Page title="Notifications" intro="What you want to be told of." narrow>
      <BrowserPush />
      <QueryView query={templates}>
        {(list) => (
          <QueryView query={preferences}>
            {(chosen) => <Groups templates={list} preferences={chosen} />}
          </QueryView>
        )}
      </QueryView>
    </Page>
  );
}

interface GroupsProps {
  templates: NotificationTemplate[];
  preferences: NotificationPreference[];
}

function Groups({ templates, preferences }: GroupsProps) {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: updatePreferences,
    onError: notifyError,
    onSettled: () => client.invalidateQueries(preferencesQuery),
  });
  if (templates.length === 0)
    return <EmptyState title="Nothing to choose">There are no notifications.</EmptyState>;
  const names = [...new Set(templates.map(({ group }) => group))];
  return (
    <Stack>
      {names.map((name) => (
        <Section key={name} title={name || "Others"}>
          <Stack gap="xs">
            {templates
              .filter(({ group }) => group === name)
              .map((template) => (
                <Switch
                  key={template.id}
                  label={template.name}
                  checked={wanted(template, preferences)}
                  disabled={change.isPending}
                  onChange={(event) => change.mutate({ [template.id]: !event.currentTarget.checked })}
                />
              ))}
          </Stack>
        </Section>
      ))}
      <Text size="xs" c="dimmed">
        A change counts at once.
      </Text>
    </Stack>
  );
}

/** Without a choice of one's own it is as the server has it. */
function wanted(template: NotificationTemplate, preferences: NotificationPreference[]): boolean {
  const own = preferences.find(({ id }) => id === template.id);
  return own ? !own.disabled : template.enabled_by_default;
}
