package dev.cloister.contract.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person was told, in their inbox.
 *
 * @param content in Markdown
 * @param targets what it is about: workspaces, templates, people
 * @param readAt null while it is unread
 */
public record InboxNotification(
        UUID id,
        UUID userId,
        UUID templateId,
        List<UUID> targets,
        String title,
        String content,
        String icon,
        List<InboxNotificationAction> actions,
        @Nullable Instant readAt,
        Instant createdAt) {}
