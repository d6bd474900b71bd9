package dev.cloister.server.platform.http;

import dev.cloister.server.platform.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The text of a JSON body: valid UTF-8 (RFC 8259, 8.1) and without the character that PostgreSQL cannot keep. */
final class JsonText {
    private static final String NUL = "u0000";

    private JsonText() {}

    /** The text of {@code bytes}; no body at all is an empty object. */
    static String of(byte[] bytes) {
        if (bytes.length == 0) {
            return "{}";
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Failure.Invalid("Request body must be valid UTF-8.");
        }
        if (hasNul(text)) {
            throw new Failure.Invalid("Request body must not hold the character NUL.");
        }
        return text;
    }

    /** Looks at each escape once, so that an escaped backslash before "u0000" is not taken for one. */
    private static boolean hasNul(String text) {
        int at = text.indexOf('\\');
        while (at >= 0) {
            if (text.startsWith(NUL, at + 1)) {
                return true;
            }
            at = text.indexOf('\\', at + 2);
        }
        return false;
    }
}
