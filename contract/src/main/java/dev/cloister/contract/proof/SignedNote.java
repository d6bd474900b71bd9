package dev.cloister.contract.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with signatures below it (C2SP signed-note). Nothing in the text is to be believed before a known key has
 * signed it.
 *
 * @param text ends with a line break
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    private static final int LONGEST = 64 << 10;
    private static final int MOST_SIGNATURES = 64;

    public SignedNote {
        signatures = List.copyOf(signatures);
    }

    public static SignedNote parse(byte[] bytes) throws MalformedProofException {
        if (bytes.length > LONGEST) {
            throw new MalformedProofException("a note that is too long");
        }
        try {
            return parse(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            throw new MalformedProofException("a note that is not UTF-8");
        }
    }

    public static SignedNote parse(String note) throws MalformedProofException {
        if (note.length() > LONGEST || note.chars().anyMatch(character -> character < ' ' && character != '\n')) {
            throw new MalformedProofException("a note that is too long or has control characters");
        }
        int gap = note.lastIndexOf("\n\n");
        if (gap < 0 || !note.endsWith("\n") || gap + 2 == note.length()) {
            throw new MalformedProofException("a note without signatures");
        }
        return new SignedNote(note.substring(0, gap + 1), lines(note.substring(gap + 2)));
    }

    /** Signature lines, each with its line break. */
    public static List<NoteSignature> lines(String lines) throws MalformedProofException {
        if (!lines.endsWith("\n") || lines.length() > LONGEST) {
            throw new MalformedProofException("not signature lines");
        }
        var signatures = new ArrayList<NoteSignature>();
        for (String line : lines.substring(0, lines.length() - 1).split("\n", -1)) {
            if (signatures.size() == MOST_SIGNATURES) {
                throw new MalformedProofException("too many signatures");
            }
            signatures.add(NoteSignature.parse(line));
        }
        return signatures;
    }

    /** Whether this key has signed it, and nothing by this key is wrong. */
    public boolean isSignedBy(NoteKey key) {
        var own = signatures.stream().filter(key::isOf).toList();
        return !own.isEmpty() && own.stream().allMatch(signature -> key.verify(text, signature));
    }

    /** The same note with more signatures; those that it has already are not repeated. */
    public SignedNote with(List<NoteSignature> more) {
        var all = new ArrayList<>(signatures);
        more.stream().filter(signature -> !all.contains(signature)).forEach(all::add);
        return new SignedNote(text, all);
    }

    /** The note as it is stored and sent. */
    @Override
    public String toString() {
        var note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()).append('\n'));
        return note.toString();
    }
}
