package dev.cloister.server.identity;

import dev.cloister.contract.api.UpdateUserAppearanceSettingsRequest;
import dev.cloister.contract.api.UpdateUserPreferenceSettingsRequest;
import dev.cloister.contract.api.UserAppearanceSettings;
import dev.cloister.contract.api.UserPreferenceSettings;
import dev.cloister.contract.api.ValidationError;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * People's own settings, over HTTP. A body is read before a name is looked up: else the answer to a wrong body would tell
 * whether somebody of that name exists.
 */
public final class UserSettingRoutes {
    private static final String USER = "/api/v2/users/{user}";
    private static final Set<String> THEMES =
            Set.of("light", "light-protan-deuter", "light-tritan", "dark", "dark-protan-deuter", "dark-tritan");
    private static final Set<String> FONTS =
            Set.of("", "geist-mono", "ibm-plex-mono", "fira-code", "source-code-pro", "jetbrains-mono");
    private static final Set<String> DISPLAYS = Set.of("auto", "always_expanded", "always_collapsed");
    private static final Set<String> THINKING = Set.of("auto", "preview", "always_expanded", "always_collapsed");
    private static final Set<String> SHORTCUTS = Set.of("enter", "modifier_enter");

    private final UserViews views;
    private final UserSettingService service;

    public UserSettingRoutes(UserViews views, UserSettingService service) {
        this.views = views;
        this.service = service;
    }

    public void register(Routes routes) {
        var read = Access.to(Action.READ_PERSONAL, ResourceType.USER);
        var update = Access.to(Action.UPDATE_PERSONAL, ResourceType.USER);
        routes.get(
                        USER + "/appearance",
                        read,
                        request -> Response.ok(appearance(service.get(request.caller(), views.id(request)))))
                .named("Users", "Get how somebody wants the dashboard to look")
                .answers(200, UserAppearanceSettings.class);
        routes.put(USER + "/appearance", update, this::updateAppearance)
                .named("Users", "Set how the dashboard looks")
                .takes(UpdateUserAppearanceSettingsRequest.class)
                .answers(200, UserAppearanceSettings.class);
        routes.get(
                        USER + "/preferences",
                        read,
                        request -> Response.ok(preferences(service.get(request.caller(), views.id(request)))))
                .named("Users", "Get how somebody wants the dashboard to behave")
                .answers(200, UserPreferenceSettings.class);
        routes.put(USER + "/preferences", update, this::updatePreferences)
                .named("Users", "Set how the dashboard behaves")
                .takes(UpdateUserPreferenceSettingsRequest.class)
                .answers(200, UserPreferenceSettings.class);
    }

    private Response updateAppearance(Request request) {
        var body = request.body(UpdateUserAppearanceSettingsRequest.class);
        return Response.ok(appearance(service.update(request.caller(), views.id(request), () -> changes(body))));
    }

    private static Map<String, String> changes(UpdateUserAppearanceSettingsRequest body) {
        var changes = new Changes();
        if (!body.themePreference().matches("[a-z][a-z-]{0,63}")) {
            changes.problem("theme_preference", "Must name a theme.");
        }
        changes.put("theme_preference", body.themePreference());
        changes.oneOf("terminal_font", body.terminalFont(), FONTS);
        changes.oneOf("theme_mode", body.themeMode(), Set.of("", "sync", "single"));
        if (!body.themeMode().isEmpty()) {
            boolean both = body.themeMode().equals("sync");
            theme(changes, "theme_light", body.themeLight(), both);
            theme(changes, "theme_dark", body.themeDark(), both);
        } else if (!body.themePreference().equals("auto")) {
            // Older clients know one theme only. "auto" among them means to follow the system, which is said anew.
            changes.forget("theme_mode");
        }
        return changes.checked();
    }

    private static void theme(Changes changes, String key, String value, boolean needed) {
        if (needed || !value.isEmpty()) {
            changes.oneOf(key, value, THEMES);
        }
    }

    private static UserAppearanceSettings appearance(UserSettings settings) {
        return new UserAppearanceSettings(
                settings.get("theme_preference", ""),
                settings.get("theme_mode", ""),
                settings.get("theme_light", ""),
                settings.get("theme_dark", ""),
                settings.get("terminal_font", ""));
    }

    private Response updatePreferences(Request request) {
        var body = request.body(UpdateUserPreferenceSettingsRequest.class);
        return Response.ok(preferences(service.update(request.caller(), views.id(request), () -> changes(body))));
    }

    private static Map<String, String> changes(UpdateUserPreferenceSettingsRequest body) {
        var changes = new Changes();
        if (body.taskNotificationAlertDismissed() != null) {
            changes.put(
                    "task_notification_alert_dismissed",
                    body.taskNotificationAlertDismissed().toString());
        }
        changes.oneOf("thinking_display_mode", body.thinkingDisplayMode(), THINKING);
        changes.oneOf("shell_tool_display_mode", body.shellToolDisplayMode(), DISPLAYS);
        changes.oneOf("code_diff_display_mode", body.codeDiffDisplayMode(), DISPLAYS);
        changes.oneOf("agent_chat_send_shortcut", body.agentChatSendShortcut(), SHORTCUTS);
        return changes.checked();
    }

    private static UserPreferenceSettings preferences(UserSettings settings) {
        return new UserPreferenceSettings(
                Boolean.parseBoolean(settings.get("task_notification_alert_dismissed", "false")),
                settings.get("thinking_display_mode", "auto"),
                settings.get("shell_tool_display_mode", "auto"),
                settings.get("code_diff_display_mode", "auto"),
                settings.get("agent_chat_send_shortcut", "enter"));
    }

    /** What is to change, with what is wrong about it. */
    private static final class Changes {
        private final Map<String, String> values = new HashMap<>();
        private final List<ValidationError> problems = new ArrayList<>();

        void put(String key, String value) {
            values.put(key, value);
        }

        void forget(String key) {
            values.remove(key);
        }

        void problem(String key, String detail) {
            problems.add(new ValidationError(key, detail));
        }

        void oneOf(String key, @Nullable String value, Set<String> choices) {
            if (value == null) {
                return;
            }
            if (!choices.contains(value)) {
                problem(key, "Is none of the values that are offered.");
            }
            put(key, value);
        }

        Map<String, String> checked() {
            if (!problems.isEmpty()) {
                throw new Failure.Invalid("Validation failed.", "", problems);
            }
            return values;
        }
    }
}
