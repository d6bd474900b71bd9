package dev.cloister.contract.api;

/** How the dashboard is to look. An empty mode leaves mode and themes as they are. */
public record UpdateUserAppearanceSettingsRequest(
        String themePreference, String themeMode, String themeLight, String themeDark, String terminalFont) {}
