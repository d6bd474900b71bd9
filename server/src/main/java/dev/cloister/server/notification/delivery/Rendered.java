package dev.cloister.server.notification.delivery;

import dev.cloister.contract.api.InboxNotificationAction;
import java.util.List;

/** A message in words, in every form that a way of sending may want. */
public record Rendered(
        String title,
        String titleMarkdown,
        String body,
        String bodyMarkdown,
        String bodyHtml,
        List<InboxNotificationAction> actions) {
    public Rendered {
        actions = List.copyOf(actions);
    }
}
