package dev.cloister.agent.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * What a client sends: JSON objects one after the other, each with any of {@code data}, {@code height} and {@code
 * width}. Anything else ends the connection; unknown members are ignored.
 */
final class Keystrokes implements AutoCloseable {
    private static final int LONGEST = 256 * 1024;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST)
                    .maxNameLength(256)
                    .maxNestingDepth(8)
                    .maxNumberLength(16)
                    .build())
            .build();

    private final JsonParser parser;

    /** One object; a size of 0 was not given. */
    record Message(byte[] data, int height, int width) {
        boolean resizes() {
            return height > 0 && width > 0;
        }
    }

    Keystrokes(InputStream input) throws IOException {
        try {
            parser = JSON.createParser(ObjectReadContext.empty(), input);
        } catch (JacksonException e) {
            throw new IOException("the terminal's input cannot be read", e);
        }
    }

    /** The next object, or null at the end. */
    @Nullable
    Message next() throws IOException {
        try {
            var token = parser.nextToken();
            if (token == null) {
                return null;
            }
            if (token != JsonToken.START_OBJECT) {
                throw new IOException("an object was expected, not " + token);
            }
            return members();
        } catch (JacksonException e) {
            throw new IOException("the terminal's input is not what it should be", e);
        }
    }

    private Message members() throws IOException {
        var data = "";
        int height = 0;
        int width = 0;
        String name;
        while ((name = parser.nextName()) != null) {
            var value = parser.nextToken();
            if (name.equals("data") && value == JsonToken.VALUE_STRING) {
                data = parser.getString();
            } else if (name.equals("height") && value == JsonToken.VALUE_NUMBER_INT) {
                height = parser.getIntValue();
            } else if (name.equals("width") && value == JsonToken.VALUE_NUMBER_INT) {
                width = parser.getIntValue();
            } else {
                parser.skipChildren();
            }
        }
        return new Message(data.getBytes(StandardCharsets.UTF_8), height, width);
    }

    @Override
    public void close() {
        parser.close();
    }
}
