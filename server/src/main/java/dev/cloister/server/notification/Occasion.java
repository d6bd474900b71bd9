package dev.cloister.server.notification;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What there is to tell. The ids are those of the published API, by which clients know them; the wording is in
 * {@link Wordings}. What is off is told only to those who ask for it.
 */
public enum Occasion {
    WORKSPACE_CREATED("281fdf73-c6d6-4cbb-8ff5-888baf8a2fff", "Workspace Created", Group.WORKSPACE, false),
    WORKSPACE_MANUALLY_UPDATED(
            "d089fe7b-d5c5-4c0c-aaf5-689859f7d392", "Workspace Manually Updated", Group.WORKSPACE, false),
    WORKSPACE_DELETED("f517da0b-cdc9-410f-ab89-a86107c420ed", "Workspace Deleted", Group.WORKSPACE, true),
    WORKSPACE_AUTOBUILD_FAILED(
            "381df2a9-c0c0-4749-420f-80a9280c66f9", "Workspace Autobuild Failed", Group.WORKSPACE, true),
    WORKSPACE_MANUAL_BUILD_FAILED(
            "2faeee0f-26cb-4e96-821c-85ccb9f71513", "Workspace Manual Build Failed", Group.WORKSPACE, true),
    WORKSPACE_DORMANT("0ea69165-ec14-4314-91f1-69566ac3c5a0", "Workspace Marked as Dormant", Group.WORKSPACE, true),
    WORKSPACE_MARKED_FOR_DELETION(
            "51ce2fdf-c9ca-4be1-8d70-628674f9bc42", "Workspace Marked for Deletion", Group.WORKSPACE, true),
    /** The published API has a setting for it and no template: the id is ours. */
    WORKSPACE_STOPS_SOON("0c5e3f0a-8c3c-4b0e-9d3b-6a5f0f4c2c71", "Workspace Stops Soon", Group.WORKSPACE, true),
    WORKSPACE_AUTO_UPDATED(
            "c34a0c09-0704-4cac-bd1c-0c0146811c2b", "Workspace Updated Automatically", Group.WORKSPACE, true),

    USER_CREATED("4e19c0ac-94e1-4532-9515-d1801aa283b2", "User account created", Group.USER, true),
    USER_DELETED("f44d9314-ad03-4bc8-95d0-5cad491da6b6", "User account deleted", Group.USER, true),
    USER_SUSPENDED("b02ddd82-4733-4d02-a2d7-c36f3598997d", "User account suspended", Group.USER, true),
    USER_ACTIVATED("9f5af851-8408-4e73-a7a1-c6502ba46689", "User account activated", Group.USER, true),
    YOUR_ACCOUNT_SUSPENDED("6a2f0609-9b69-4d36-a989-9f5925b6cbff", "Your account has been suspended", Group.USER, true),
    YOUR_ACCOUNT_ACTIVATED("1a6a6bea-ee0a-43e2-9e7c-eabdb53730e4", "Your account has been activated", Group.USER, true),
    ONE_TIME_PASSCODE("62f86a30-2330-4b61-a26d-311ff3b608cf", "One-Time Passcode", Group.USER, true),

    TEMPLATE_DELETED("29a09665-2a4c-403f-9648-54301670e7be", "Template Deleted", Group.TEMPLATE, true),
    TEMPLATE_DEPRECATED("f40fae84-55a2-42cd-99fa-b41c1ca64894", "Template Deprecated", Group.TEMPLATE, true),
    BUILDS_FAILED_REPORT(
            "34a20db2-e9cc-4a93-b0e4-8569699d7a00", "Report: Workspace Builds Failed", Group.TEMPLATE, true),

    TEST("c425f63e-716a-4bf4-ae24-78348f706c3f", "Test Notification", Group.NOTIFICATION, true),
    CUSTOM("39b1e189-c857-4b0c-877a-511144c18516", "Custom Notification", Group.CUSTOM, true);

    /** The families in which people choose. */
    public enum Group {
        WORKSPACE("Workspace Events", "DEFAULT_ICON_WORKSPACE"),
        USER("User Events", "DEFAULT_ICON_ACCOUNT"),
        TEMPLATE("Template Events", "DEFAULT_ICON_TEMPLATE"),
        NOTIFICATION("Notification Events", "DEFAULT_ICON_OTHER"),
        CUSTOM("Custom Events", "DEFAULT_ICON_OTHER");

        private final String title;
        private final String icon;

        Group(String title, String icon) {
            this.title = title;
            this.icon = icon;
        }

        public String title() {
            return title;
        }
    }

    private static final Map<UUID, Occasion> BY_ID = new HashMap<>();

    static {
        for (Occasion occasion : values()) {
            BY_ID.put(occasion.id, occasion);
        }
    }

    private final UUID id;
    private final String title;
    private final Group group;
    private final boolean enabledByDefault;

    Occasion(String id, String title, Group group, boolean enabledByDefault) {
        this.id = UUID.fromString(id);
        this.title = title;
        this.group = group;
        this.enabledByDefault = enabledByDefault;
    }

    /** The occasion of a template's id, empty for an id that is none. */
    public static Optional<Occasion> of(UUID id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    public UUID id() {
        return id;
    }

    /** What people call it. */
    public String title() {
        return title;
    }

    public Group group() {
        return group;
    }

    /** Whether people are told who have not chosen. */
    public boolean enabledByDefault() {
        return enabledByDefault;
    }

    /** {@code custom} for what people tell themselves. */
    public String kind() {
        return group == Group.CUSTOM ? "custom" : "system";
    }

    /** What clients show beside it. */
    public String icon() {
        return group.icon;
    }
}
