package dev.cloister.server.audit;

import java.util.Locale;

/** What was done. The names are those of Coder's audit log, with {@code connect} and {@code disconnect} in
 * use here, and {@code read} of our own. */
public enum AuditAction {
    CREATE("created"),
    WRITE("updated"),
    DELETE("deleted"),
    START("started"),
    STOP("stopped"),
    LOGIN("logged in"),
    LOGOUT("logged out"),
    REGISTER("registered"),
    REQUEST_PASSWORD_RESET("requested a password reset for"),
    CONNECT("connected to"),
    DISCONNECT("disconnected from"),
    OPEN("opened"),
    CLOSE("closed"),
    READ("read");

    private final String pastTense;
    private final String wireName = name().toLowerCase(Locale.ROOT);

    AuditAction(String pastTense) {
        this.pastTense = pastTense;
    }

    public String wireName() {
        return wireName;
    }

    /** As in "alice created workspace dev". */
    public String pastTense() {
        return pastTense;
    }
}
