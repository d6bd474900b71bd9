package dev.cloister.cli.session;

import dev.cloister.contract.api.ApiJson;
import java.io.IOException;
import tools.jackson.core.JacksonException;

/** Reads one JSON object from the standard input. */
public final class JsonInput {
    private static final int LARGEST = 1 << 20;

    private JsonInput() {}

    public static <T> T read(CliContext context, Class<T> type) throws IOException, CommandException {
        var bytes = context.terminal().in().readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw CommandException.usage("The standard input is too long.");
        }
        try {
            var value = ApiJson.strict().readValue(bytes, type);
            if (value != null) {
                return value;
            }
        } catch (JacksonException unreadable) {
            throw CommandException.usage(
                    "The standard input is not the JSON that is expected here: " + unreadable.getOriginalMessage());
        }
        throw CommandException.usage("There is nothing on the standard input.");
    }
}
