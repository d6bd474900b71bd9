package dev.cloister.server.audit.sink.format;

import dev.cloister.server.audit.CanonicalJson;
import org.jspecify.annotations.Nullable;

/**
 * Writes a JSON object on one line. Texts are escaped so that nothing in them breaks the line, steers a terminal or turns
 * the direction of writing; names are constants.
 */
public final class JsonLine {
    private final StringBuilder text = new StringBuilder(2048).append('{');
    private boolean first = true;

    private JsonLine name(String name) {
        if (!first) {
            text.append(',');
        }
        first = false;
        text.append('"').append(name).append("\":");
        return this;
    }

    /** Begins an object; {@link #end} ends it. */
    public JsonLine begin(String name) {
        name(name);
        text.append('{');
        first = true;
        return this;
    }

    public JsonLine end() {
        text.append('}');
        first = false;
        return this;
    }

    /** A text; left out where it is null or empty. */
    public JsonLine put(String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            name(name);
            CanonicalJson.string(value, text);
        }
        return this;
    }

    public JsonLine put(String name, long value) {
        name(name);
        text.append(value);
        return this;
    }

    /** What is JSON already, on one line; left out where it is empty. */
    public JsonLine raw(String name, String json) {
        if (!json.isEmpty()) {
            name(name);
            text.append(json);
        }
        return this;
    }

    /** The line; the object is ended by it. */
    public String line() {
        return text.append('}').toString();
    }
}
