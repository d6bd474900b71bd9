package dev.cloister.contract.api;

import java.util.List;
import java.util.UUID;

/** For how long an app was used. */
public record TemplateAppUsage(
        List<UUID> templateIds,
        TemplateAppsType type,
        String displayName,
        String slug,
        String icon,
        long seconds,
        long timesUsed) {}
