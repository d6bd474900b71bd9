package dev.cloister.contract.api;

import java.util.UUID;

/**
 * A kind of notification with its wording.
 *
 * @param actions a JSON array of labels and addresses, as a text
 * @param method how it is sent; empty: as the deployment does
 * @param kind {@code system} or {@code custom}
 */
public record NotificationTemplate(
        UUID id,
        String name,
        String titleTemplate,
        String bodyTemplate,
        String actions,
        String group,
        String method,
        String kind,
        boolean enabledByDefault) {}
