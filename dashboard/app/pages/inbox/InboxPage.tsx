import { Button, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { inboxPage, markAllRead, setRead } from "@/api/notifications";
import type { InboxNotification } from "@/api/types";
import { actionLink } from "@/modules/links";
import { notifyError } from "@/modules/notify";
import { Markdown } from "@/ui/Markdown";
import { Page } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { EmptyState } from "@/ui/States";
import { Time } from "@/ui/Time";
import classes from "./InboxPage.module.css";

/** How many the API gives at once. */
const PAGE_SIZE = 25;

type Shown = "all" | "unread";

export function InboxPage() {
  const client = useQueryClient();
  const [shown, setShown] = useState<Shown>("all");
  const inbox = useInfiniteQuery({
    queryKey: ["inbox", "list", shown],
    queryFn: ({ pageParam, signal }) => inboxPage(shown, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    // A page that is not full is the last one.
    getNextPageParam: ({ notifications }) =>
      notifications !== null && notifications.length >= PAGE_SIZE ? notifications.at(-1)?.id : undefined,
  });
  const markAll = useMutation({
    mutationFn: markAllRead,
    onSuccess: () => client.invalidateQueries({ queryKey: ["inbox"] }),
    onError: notifyError,
  });
  return (
    <Page
      title="Notifications"
      narrow
      actions={
        <Button variant="default" loading={markAll.isPending} onClick={() => markAll.mutate()}>
          Mark all as read
        </Button>
      }
    >
      <SegmentedControl
        size="xs"
        mb="md"
        aria-label="Which notifications"
        data={[
          { value: "all", label: "All" },
          { value: "unread", label: "Unread" },
        ]}
        value={shown}
        onChange={(value) => setShown(value as Shown)}
      />
      <QueryView query={inbox}>
        {({ pages }) => {
          const list = pages.flatMap(({ notifications }) => notifications ?? []);
          if (list.length === 0) return <EmptyState title="Nothing here">You are up to date.</EmptyState>;
          return (
            <Stack component="ul" className={classes.list}>
              {list.map((each) => (
                <Entry key={each.id} notification={each} />
              ))}
            </Stack>
          );
        }}
      </QueryView>
      {inbox.hasNextPage && (
        <Group justify="center" mt="md">
          <Button
            variant="default"
            loading={inbox.isFetchingNextPage}
            onClick={() => void inbox.fetchNextPage()}
          >
            Older ones
          </Button>
        </Group>
      )}
    </Page>
  );
}

function Entry({ notification }: { notification: InboxNotification }) {
  const client = useQueryClient();
  const unread = notification.read_at === null;
  const change = useMutation({
    mutationFn: () => setRead(notification.id, unread),
    onSuccess: () => client.invalidateQueries({ queryKey: ["inbox"] }),
    onError: notifyError,
  });
  return (
    <li className={unread ? `${classes.entry} ${classes.unread}` : classes.entry}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Text fz="sm" fw={600}>
            {unread && <span className="visually-hidden">Unread: </span>}
            {notification.title}
          </Text>
          <Text size="xs" c="dimmed" component="div">
            <Time value={notification.created_at} />
          </Text>
        </div>
        <Button
          size="compact-xs"
          variant="subtle"
          loading={change.isPending}
          aria-label={`Mark as ${unread ? "read" : "unread"}: ${notification.title}`}
          onClick={() => change.mutate()}
        >
          {unread ? "Mark as read" : "Mark as unread"}
        </Button>
      </Group>
      <Markdown text={notification.content} />
      <Group gap="xs">
        {(notification.actions ?? []).map(({ label, url }) => {
          const href = actionLink(url, window.location.origin);
          return href ? (
            <Button key={url} component="a" href={href} rel="noopener" size="xs" variant="default">
              {label}
            </Button>
          ) : null;
        })}
      </Group>
    </li>
  );
}
