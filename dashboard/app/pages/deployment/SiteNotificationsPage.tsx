import { Button, Group, Select, Stack, Switch, Table, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  methodsQuery,
  notificationsSettingsQuery,
  notificationTemplatesQuery,
  sendTest,
  setMethod,
  updateNotificationsSettings,
} from "@/api/notifications";
import { siteChecks, usePermissions } from "@/api/permissions";
import type { NotificationMethods, NotificationTemplate } from "@/api/types";
import { notifyDone, notifyError } from "@/modules/notify";
import { refusal } from "@/ui/GuardedButton";
import { Notice } from "@/ui/Notice";
import { Page, Section } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { TableFrame } from "@/ui/TableFrame";

export function SiteNotificationsPage() {
  const may = usePermissions(siteChecks);
  const templates = useQuery(notificationTemplatesQuery);
  const methods = useQuery(methodsQuery);
  return (
    <Page title="Notifications" intro="What this server tells people, and by which way.">
      <Stack>
        <Delivery mayUpdate={may?.updateDeployment} />
        <Section title="By which way" flush>
          <QueryView query={templates}>
            {(list) => (
              <QueryView query={methods}>
                {(known) => (
                  <Methods
                    templates={list}
                    methods={known}
                    reason={refusal(may?.updateNotificationTemplates, "change notifications")}
                  />
                )}
              </QueryView>
            )}
          </QueryView>
        </Section>
      </Stack>
    </Page>
  );
}

function Delivery({ mayUpdate }: { mayUpdate: boolean | undefined }) {
  const client = useQueryClient();
  const settings = useQuery(notificationsSettingsQuery);
  const change = useMutation({
    mutationFn: (paused: boolean) => updateNotificationsSettings({ notifier_paused: paused }),
    onError: notifyError,
    onSettled: () => client.invalidateQueries(notificationsSettingsQuery),
  });
  const test = useMutation({
    mutationFn: sendTest,
    onSuccess: () => notifyDone("A test notification is on its way to you."),
    onError: notifyError,
  });
  return (
    <Section title="Delivery">
      <QueryView query={settings}>
        {({ notifier_paused: paused }) => (
          <Stack gap="sm">
            {paused && (
              <Notice tone="warn" title="Nothing is sent at present">
                What comes up meanwhile waits and is sent when sending goes on.
              </Notice>
            )}
            <Switch
              label="Send notifications"
              checked={!paused}
              disabled={mayUpdate !== true || change.isPending}
              onChange={(event) => change.mutate(!event.currentTarget.checked)}
            />
            <Group>
              <Button
                variant="default"
                size="xs"
                loading={test.isPending}
                disabled={mayUpdate !== true}
                onClick={() => test.mutate()}
              >
                Send a test to me
              </Button>
            </Group>
          </Stack>
        )}
      </QueryView>
    </Section>
  );
}

interface MethodsProps {
  templates: NotificationTemplate[];
  methods: NotificationMethods;
  reason: string | undefined;
}

const names: Record<string, string> = { smtp: "Mail", webhook: "Webhook", inbox: "Inbox" };
const nameOf = (method: string) => names[method] ?? method;

function Methods({ templates, methods, reason }: MethodsProps) {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: ({ id, method }: { id: string; method: string }) => setMethod(id, method),
    onError: notifyError,
    onSettled: () => client.invalidateQueries(notificationTemplatesQuery),
  });
  const options = [
    { value: "", label: `As usual (${nameOf(methods.default)})` },
    ...methods.available.map((value) => ({ value, label: nameOf(value) })),
  ];
  return (
    <TableFrame label="Notifications" plain stale={change.isPending}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Notification</Table.Th>
          <Table.Th>Sent by</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {templates.map((template) => (
          <Table.Tr key={template.id}>
            <Table.Td>
              <Text component="span" fz="sm" fw={600}>
                {template.name}
              </Text>
              <Text size="xs" c="dimmed">
                {template.group}
              </Text>
            </Table.Td>
            <Table.Td>
              <Select
                size="xs"
                aria-label={`How ${template.name} is sent`}
                data={options}
                value={template.method ?? ""}
                allowDeselect={false}
                disabled={reason !== undefined}
                title={reason}
                onChange={(method) => change.mutate({ id: template.id, method: method ?? "" })}
              />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </TableFrame>
  );
}
