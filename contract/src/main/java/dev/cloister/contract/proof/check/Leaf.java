package dev.cloister.contract.proof.check;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.proof.Commitment;
import dev.cloister.contract.proof.Hash;
import dev.cloister.contract.proof.MalformedProofException;
import dev.cloister.contract.proof.TreeHasher;
import java.util.Arrays;
import java.util.Base64;

/**
 * Reads {@code "entry":{...},"opened":{...}}}: hashes the entry as it stands there and opens its commitments. It looks at
 * bytes, because a parser would let two texts pass for one. For use by one thread.
 */
final class Leaf {
    private static final byte[] ENTRY = "\"entry\":".getBytes(US_ASCII);
    private static final byte[] OPENED = ",\"opened\":{".getBytes(US_ASCII);
    private static final byte[] SHOWN = ",\"shown\":[\"".getBytes(US_ASCII);
    private static final byte[] SEALED = "\"sealed\":{".getBytes(US_ASCII);
    private static final int COMMITMENT_CHARACTERS = 43;
    private static final int SALT_CHARACTERS = 24;

    private final TreeHasher hasher = new TreeHasher();
    private final Commitment commitment = new Commitment();
    private final Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    private final byte[] written = new byte[COMMITMENT_CHARACTERS];
    private final byte[] typed = new byte[SALT_CHARACTERS];
    private final byte[] saltBytes = new byte[Commitment.SALT_BYTES + 2]; // 24 characters can hold 18 bytes
    private byte[] line = new byte[0];
    private int at;
    private int end;
    private int erased;
    private String wrongField = "";
    private String wrongColumn = "";

    /**
     * Reads a leaf.
     *
     * @param from where {@code "entry"} begins
     * @param to after the last brace
     * @return the hash of the entry
     */
    Hash read(byte[] bytes, int from, int to) throws MalformedProofException {
        line = bytes;
        at = from;
        end = to;
        erased = 0;
        wrongField = "";
        wrongColumn = "";
        expect(ENTRY);
        int begin = at;
        while (at + 1 < end && !(line[at] == '}' && line[at + 1] == '}')) {
            at++;
        }
        at += 2;
        int after = at;
        if (after > end) {
            throw new MalformedProofException("an entry without an end");
        }
        expect(OPENED);
        open(begin, after);
        return hasher.leaf(line, begin, after - begin);
    }

    /** How many values of the last leaf are not shown. */
    int erased() {
        return erased;
    }

    /** What is wrong with the values of the last leaf as a sentence, empty for nothing. */
    String problem() {
        return wrongField.isEmpty() ? "" : "the value of " + wrongField + " is not the one that was logged";
    }

    /** What the list of the server shows otherwise than it was logged, by its own account; empty for nothing. */
    String listProblem() {
        return switch (wrongColumn) {
            case "" -> "";
            case "row" -> "the event is on the log, and gone from the list that people read";
            default -> "the list that people read shows another " + wrongColumn + " than the one that was logged";
        };
    }

    private void open(int entryBegin, int entryEnd) throws MalformedProofException {
        int sealed = indexOf(SEALED, entryBegin, entryEnd) + SEALED.length;
        if (sealed < SEALED.length) {
            throw new MalformedProofException("an entry without commitments");
        }
        boolean first = true;
        while (at < end && line[at] != '}') {
            if (!first) {
                expect((byte) ',');
            }
            first = false;
            sealed = openOne(sealed, entryEnd);
        }
        expect((byte) '}');
        if (at < end && line[at] == ',') {
            expect(SHOWN);
            int close = quote();
            wrongColumn = new String(line, at, Math.min(close - at, 40), UTF_8);
            at = close + 1;
            expect((byte) ']');
        }
        expect((byte) '}');
        if (at != end) {
            throw new MalformedProofException("something after a leaf");
        }
        while (sealed >= 0 && line[sealed] == '"') {
            erased++;
            sealed = next(sealed, entryEnd);
        }
    }

    /** Checks one opened value against its commitment, which stands at or after {@code sealed}; returns what follows. */
    private int openOne(int sealed, int entryEnd) throws MalformedProofException {
        expect((byte) '"');
        int name = at;
        int nameLength = quote() - name;
        at += nameLength + 1;
        int found = sealed;
        while (found >= 0 && line[found] == '"' && !isNamed(found, name, nameLength)) {
            erased++;
            found = next(found, entryEnd);
        }
        boolean known = found >= 0 && line[found] == '"';
        expect((byte) ':');
        expect((byte) '[');
        expect((byte) '"');
        int salt = at;
        at += SALT_CHARACTERS;
        expect((byte) '"');
        expect((byte) ',');
        expect((byte) '"');
        byte[] digest = digest(name, nameLength, salt);
        expect((byte) ']');
        encoder.encode(digest, written);
        if (!known || !isAt(written, found + nameLength + 4)) {
            wrongField = new String(line, name, Math.min(nameLength, 40), UTF_8);
        }
        return known ? next(found, entryEnd) : found;
    }

    private byte[] digest(int name, int nameLength, int salt) throws MalformedProofException {
        System.arraycopy(line, salt, typed, 0, SALT_CHARACTERS);
        try {
            if (Base64.getDecoder().decode(typed, saltBytes) != Commitment.SALT_BYTES) {
                throw new MalformedProofException("a salt that has not 16 bytes");
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedProofException("a salt that is not Base64");
        }
        int value = at;
        int close = quote();
        at = close + 1;
        for (int look = value; look < close; look++) {
            if (line[look] == '\\') {
                byte[] plain = JsonString.unescape(line, value, close);
                return commitment.digest(line, name, nameLength, saltBytes, 0, plain, 0, plain.length);
            }
        }
        return commitment.digest(line, name, nameLength, saltBytes, 0, line, value, close - value);
    }

    private boolean isNamed(int sealed, int name, int length) {
        return line[sealed + 1 + length] == '"'
                && Arrays.equals(line, sealed + 1, sealed + 1 + length, line, name, name + length);
    }

    private boolean isAt(byte[] expected, int place) {
        return place + expected.length <= end
                && Arrays.equals(line, place, place + expected.length, expected, 0, expected.length);
    }

    /** The commitment after this one, or the brace that ends them. */
    private int next(int sealed, int entryEnd) throws MalformedProofException {
        int nameEnd = sealed + 1;
        while (nameEnd < entryEnd && line[nameEnd] != '"') {
            nameEnd++;
        }
        int after = nameEnd + 1 + 2 + COMMITMENT_CHARACTERS + 1;
        if (after >= entryEnd) {
            throw new MalformedProofException("a commitment that is cut off");
        }
        return line[after] == ',' ? after + 1 : after;
    }

    /** The next quote that ends a text which begins here. */
    private int quote() throws MalformedProofException {
        int look = at;
        while (look < end && line[look] != '"') {
            look += line[look] == '\\' ? 2 : 1;
        }
        if (look >= end) {
            throw new MalformedProofException("a text without an end");
        }
        return look;
    }

    private int indexOf(byte[] wanted, int from, int to) {
        for (int look = to - wanted.length; look >= from; look--) {
            if (Arrays.equals(line, look, look + wanted.length, wanted, 0, wanted.length)) {
                return look;
            }
        }
        return Integer.MIN_VALUE / 2;
    }

    private void expect(byte[] wanted) throws MalformedProofException {
        if (end - at < wanted.length || !Arrays.equals(line, at, at + wanted.length, wanted, 0, wanted.length)) {
            throw new MalformedProofException("not a leaf");
        }
        at += wanted.length;
    }

    private void expect(byte wanted) throws MalformedProofException {
        if (at >= end || line[at] != wanted) {
            throw new MalformedProofException("not a leaf");
        }
        at++;
    }
}
