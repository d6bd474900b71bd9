package dev.cloister.server.platform.config;

import java.util.Locale;

/**
 * One setting, declared once.
 *
 * @param name of the flag without its dashes, and the key in the file
 * @param kind what its values are
 * @param otherwise the default as it would be written
 * @param secret whether its value is never shown, and never taken from a flag, which every user of the machine can read
 * @param description one sentence for the operator
 */
record Setting(String name, Kind kind, String otherwise, boolean secret, String description) {
    /** The forms that values have. */
    enum Kind {
        TEXT("TEXT"),
        SWITCH("true|false"),
        NUMBER("NUMBER"),
        PROCESSORS("NUMBER"),
        SIZE("SIZE"),
        DURATION("DURATION"),
        ADDRESS("ADDRESS:PORT"),
        URL("URL"),
        PATH("PATH"),
        LIST("LIST");

        private final String placeholder;

        Kind(String placeholder) {
            this.placeholder = placeholder;
        }

        String placeholder() {
            return placeholder;
        }
    }

    static Setting of(String name, Kind kind, String otherwise, String description) {
        return new Setting(name, kind, otherwise, false, description);
    }

    static Setting secret(String name, String description) {
        return new Setting(name, Kind.TEXT, "", true, description);
    }

    String flag() {
        return "--" + name;
    }

    String variable() {
        return "CLOISTER_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
