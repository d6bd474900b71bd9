package dev.cloister.contract.proof;

/**
 * The head of a log at one moment (C2SP tlog-checkpoint): what a signature, and so every proof, comes down to.
 *
 * @param origin the name of the log
 * @param size how many entries it has
 * @param root the root of the tree of these entries
 */
public record Checkpoint(String origin, long size, Hash root) {
    public Checkpoint {
        if (origin.isEmpty() || origin.indexOf('\n') >= 0 || size < 0) {
            throw new IllegalArgumentException("not a checkpoint");
        }
    }

    /** Reads the text of a note whose signatures have been checked. */
    public static Checkpoint parse(String text) throws MalformedProofException {
        String[] lines = text.split("\n", -1);
        if (lines.length < 4 || lines[0].isEmpty() || !lines[lines.length - 1].isEmpty()) {
            throw new MalformedProofException("a checkpoint has an origin, a size and a root");
        }
        for (int at = 3; at < lines.length - 1; at++) {
            if (lines[at].isEmpty()) {
                throw new MalformedProofException("an empty line in a checkpoint");
            }
        }
        return new Checkpoint(lines[0], Decimal.parse(lines[1]), Hash.parse(lines[2]));
    }

    /**
     * The checkpoint of a note that the log's own key has signed.
     *
     * @throws MalformedProofException where the signature is missing or wrong, or the log is another: a forgery
     */
    public static Checkpoint signed(SignedNote note, NoteKey key) throws MalformedProofException {
        if (key.use() != NoteKey.Use.LOG || !note.isSignedBy(key)) {
            throw new MalformedProofException("the checkpoint is not signed by " + key.name());
        }
        var checkpoint = parse(note.text());
        if (!checkpoint.origin().equals(key.name())) {
            throw new MalformedProofException("the checkpoint is of another log than " + key.name());
        }
        return checkpoint;
    }

    /** The text that is signed. */
    public String text() {
        return origin + "\n" + size + "\n" + root + "\n";
    }
}
