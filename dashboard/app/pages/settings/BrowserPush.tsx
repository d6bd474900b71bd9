import { Button, Group, Stack, Switch, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { testBrowsers } from "@/api/account";
import { buildInfoQuery } from "@/api/session";
import { canPush, isSubscribed, subscribe, unsubscribe } from "@/modules/browserPush";
import { notifyDone, notifyError } from "@/modules/notify";
import { Section } from "@/ui/Page";

const SUBSCRIBED = ["browser-push"];

/** Whether this browser shows notifications while no page is open; nothing where the deployment does not offer it. */
export function BrowserPush() {
  const client = useQueryClient();
  const info = useQuery(buildInfoQuery);
  const subscribed = useQuery({ queryKey: SUBSCRIBED, queryFn: isSubscribed });
  const key = info.data?.webpush_public_key;
  const change = useMutation({
    mutationFn: (wanted: boolean) => (wanted ? subscribe(key ?? "") : unsubscribe()),
    onError: notifyError,
    onSettled: () => client.invalidateQueries({ queryKey: SUBSCRIBED }),
  });
  const test = useMutation({
    mutationFn: testBrowsers,
    onSuccess: () => notifyDone("A test is on its way to your browsers."),
    onError: notifyError,
  });
  if (!key) return null;
  return (
    <Section title="This browser">
      <Stack gap="xs">
        <Group justify="space-between">
          <Switch
            label="Show notifications while no page is open"
            checked={subscribed.data ?? false}
            disabled={!canPush() || subscribed.isPending || change.isPending}
            onChange={(event) => change.mutate(event.currentTarget.checked)}
          />
          <Button
            variant="default"
            size="xs"
            disabled={!subscribed.data}
            loading={test.isPending}
            onClick={() => test.mutate()}
          >
            Send a test
          </Button>
        </Group>
        <Text size="xs" c="dimmed">
          {canPush()
            ? "They pass the push service of the browser's maker, encrypted for this browser. Turn this off before others use it."
            : "This browser cannot do that here. It needs https."}
        </Text>
      </Stack>
    </Section>
  );
}
