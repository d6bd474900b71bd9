package dev.cloister.server.notification;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The ways in which people are told. */
public enum Method {
    INBOX,
    SMTP,
    WEBHOOK,
    /** Besides the inbox, in every browser that a person has subscribed; nobody chooses it for others. */
    WEBPUSH;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
        return wireName;
    }

    /** Whether an operator can have people told by it instead of by another. */
    boolean isChosen() {
        return this != WEBPUSH;
    }

    /** The method of a wire name, empty for a name that is none. */
    public static Optional<Method> parse(String wireName) {
        return Arrays.stream(values())
                .filter(method -> method.wireName.equals(wireName))
                .findFirst();
    }
}
