package dev.cloister.contract.api;

import org.jspecify.annotations.Nullable;

/** How the dashboard is to behave. What is not given stays as it is. */
public record UpdateUserPreferenceSettingsRequest(
        @Nullable Boolean taskNotificationAlertDismissed,
        @Nullable String thinkingDisplayMode,
        @Nullable String shellToolDisplayMode,
        @Nullable String codeDiffDisplayMode,
        @Nullable String agentChatSendShortcut) {}
