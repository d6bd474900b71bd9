package dev.cloister.contract.proof.check;

import dev.cloister.contract.proof.MalformedProofException;
import dev.cloister.contract.proof.check.Verdict.Wrong;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The lines of a file as bytes. What follows the last line break was torn while it was written, and is no line. */
final class CopyLines {
    private static final int LONGEST = 64 << 20;

    /** Looks at a line, and says what is wrong with it. */
    @FunctionalInterface
    interface Look {
        Optional<Wrong> at(byte[] line, int length);
    }

    private CopyLines() {}

    /** Ends at the first line that is wrong. */
    static Optional<Wrong> each(Path file, Look look) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            byte[] line = new byte[8192];
            int length = 0;
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    var wrong = look.at(line, length);
                    if (wrong.isPresent()) {
                        return wrong;
                    }
                    length = 0;
                } else {
                    if (length == LONGEST) {
                        throw new IOException(file + " has a line that is too long");
                    }
                    line = length == line.length ? Arrays.copyOf(line, length * 2) : line;
                    line[length++] = (byte) next;
                }
            }
            return Optional.empty();
        }
    }

    /** Where {@code wanted} stands last. */
    static int last(byte[] line, int length, byte[] wanted) throws MalformedProofException {
        for (int at = length - wanted.length; at >= 0; at--) {
            if (Arrays.equals(line, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new MalformedProofException("an event without its entry");
    }
}
