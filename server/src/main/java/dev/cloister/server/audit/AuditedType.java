package dev.cloister.server.audit;

import java.util.Locale;

/** The kinds of things on the audit log. The names are those of Coder's audit log. */
public enum AuditedType {
    API_KEY,
    APPEARANCE,
    AUDIT_LOG,
    AUDIT_SINK,
    CUSTOM_ROLE,
    GROUP,
    GIT_SSH_KEY,
    HEALTH_SETTINGS,
    NOTIFICATION_TEMPLATE,
    NOTIFICATIONS_SETTINGS,
    ORGANIZATION,
    ORGANIZATION_MEMBER,
    PREBUILDS_SETTINGS,
    TEMPLATE,
    TEMPLATE_VERSION,
    USER,
    USER_SECRET,
    USER_SKILL,
    WORKSPACE,
    WORKSPACE_BUILD,
    WORKSPACE_AGENT,
    WORKSPACE_APP;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
        return wireName;
    }

    /** For sentences: "workspace build". */
    public String words() {
        return wireName.replace('_', ' ');
    }
}
