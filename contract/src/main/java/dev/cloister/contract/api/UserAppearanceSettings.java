package dev.cloister.contract.api;

/** How somebody wants the dashboard to look. Empty texts were never set. */
public record UserAppearanceSettings(
        String themePreference, String themeMode, String themeLight, String themeDark, String terminalFont) {}
