import { Indicator } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { isNotOffered } from "@/api/errors";
import { inboxQuery, inboxWatchPath } from "@/api/notifications";
import { ReconnectingSocket } from "@/api/socket";
import type { InboxArrival } from "@/api/types";
import { ButtonLink } from "../Links";

/** How many notifications are unread, kept current, and the way to them. */
export function Bell() {
  const inbox = useQuery(inboxQuery);
  const offered = inbox.data !== undefined;
  useArrivals(offered);
  if (!offered || isNotOffered(inbox.error)) return null;
  const unread = inbox.data.unread_count;
  const label = unread === 0 ? "Notifications" : `Notifications, ${unread} unread`;
  return (
    <Indicator label={unread > 99 ? "99+" : unread} disabled={unread === 0} size={15} offset={9}>
      <ButtonLink to="/notifications" variant="subtle" color="gray" c="inherit" px="xs" aria-label={label}>
        <svg
          width="18"
          height="18"
          viewBox="0 0 24 24"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.8"
          aria-hidden="true"
        >
          <path d="M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.5a2.2 2.2 0 0 0 4 0" strokeLinejoin="round" />
        </svg>
      </ButtonLink>
    </Indicator>
  );
}

/** Listens for new ones; each arrival brings the lists up to date. */
function useArrivals(active: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!active) return undefined;
    const socket = new ReconnectingSocket({
      path: inboxWatchPath,
      // Refused, or a server that has no such stream: the count is then asked for now and then instead.
      isFinal: (code) => code === 1008,
      onMessage: (message) => {
        if (typeof message !== "string") return;
        const { unread_count } = JSON.parse(message) as InboxArrival;
        client.setQueryData(inboxQuery.queryKey, (before) => before && { ...before, unread_count });
        void client.invalidateQueries({ queryKey: ["inbox"] });
      },
    });
    return () => socket.close();
  }, [client, active]);
}
