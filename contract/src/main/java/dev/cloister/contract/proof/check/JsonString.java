package dev.cloister.contract.proof.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.proof.MalformedProofException;
import java.io.ByteArrayOutputStream;

/** The text of a JSON string with escapes, as bytes. */
final class JsonString {
    private static final int ESCAPE_DIGITS = 4;

    private JsonString() {}

    static byte[] unescape(byte[] json, int from, int to) throws MalformedProofException {
        var out = new ByteArrayOutputStream(to - from);
        for (int at = from; at < to; at++) {
            if (json[at] != '\\') {
                out.write(json[at]);
                continue;
            }
            at++;
            if (at >= to) {
                throw new MalformedProofException("an escape that is cut off");
            }
            switch (json[at]) {
                case '"', '\\', '/' -> out.write(json[at]);
                case 'n' -> out.write('\n');
                case 't' -> out.write('\t');
                case 'r' -> out.write('\r');
                case 'b' -> out.write('\b');
                case 'f' -> out.write('\f');
                case 'u' -> {
                    out.writeBytes(character(json, at + 1, to));
                    at += ESCAPE_DIGITS;
                }
                default -> throw new MalformedProofException("an unknown escape");
            }
        }
        return out.toByteArray();
    }

    private static byte[] character(byte[] json, int from, int to) throws MalformedProofException {
        if (to - from < ESCAPE_DIGITS) {
            throw new MalformedProofException("an escape that is cut off");
        }
        try {
            int code = Integer.parseInt(new String(json, from, ESCAPE_DIGITS, UTF_8), 16);
            return String.valueOf((char) code).getBytes(UTF_8);
        } catch (NumberFormatException e) {
            throw new MalformedProofException("an escape without digits");
        }
    }
}
