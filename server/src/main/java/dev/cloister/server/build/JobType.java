package dev.cloister.server.build;

import java.util.Locale;

/** What a job does. */
public enum JobType {
    TEMPLATE_VERSION_IMPORT,
    TEMPLATE_VERSION_DRY_RUN,
    WORKSPACE_BUILD;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in the database and on the wire. */
    public String wireName() {
        return wireName;
    }

    static JobType parse(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
