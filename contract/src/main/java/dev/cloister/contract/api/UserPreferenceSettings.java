package dev.cloister.contract.api;

/** How somebody wants the dashboard to behave. */
public record UserPreferenceSettings(
        boolean taskNotificationAlertDismissed,
        String thinkingDisplayMode,
        String shellToolDisplayMode,
        String codeDiffDisplayMode,
        String agentChatSendShortcut) {}
