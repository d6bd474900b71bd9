package dev.cloister.contract.proof;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A proof that stands by itself (C2SP tlog-proof): whoever has it and the log's public key needs nothing else.
 *
 * @param extra what the proof is about; not authenticated by the file, but by hashing it to the leaf. May be empty
 */
public record ProofFile(byte[] extra, long index, List<Hash> path, SignedNote checkpoint) {
    private static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";
    private static final int LONGEST = 4 << 20;

    public ProofFile {
        extra = extra.clone();
        path = List.copyOf(path);
    }

    @Override
    public byte[] extra() {
        return extra.clone();
    }

    public static ProofFile parse(String text) throws MalformedProofException {
        int gap = text.indexOf("\n\n");
        if (text.length() > LONGEST || gap < 0) {
            throw new MalformedProofException("not a proof");
        }
        String[] lines = text.substring(0, gap).split("\n", -1);
        int at = 0;
        if (!lines[at++].equals(FIRST_LINE)) {
            throw new MalformedProofException("not a proof of a form that is known here");
        }
        byte[] extra = new byte[0];
        if (at < lines.length && lines[at].startsWith("extra ")) {
            extra = Base64Text.decode(lines[at++].substring("extra ".length()));
        }
        if (at >= lines.length || !lines[at].startsWith("index ")) {
            throw new MalformedProofException("a proof without an index");
        }
        long index = Decimal.parse(lines[at++].substring("index ".length()));
        if (lines.length - at > Proofs.MOST_HASHES) {
            throw new MalformedProofException("a path that is too long");
        }
        var path = new ArrayList<Hash>();
        while (at < lines.length) {
            path.add(Hash.parse(lines[at++]));
        }
        return new ProofFile(extra, index, path, SignedNote.parse(text.substring(gap + 2)));
    }

    /** Whether the log that this key signs for has {@code entry} at the index of this proof. */
    public boolean proves(byte[] entry, NoteKey key) throws MalformedProofException {
        var head = Checkpoint.signed(checkpoint, key);
        return Proofs.includes(head.root(), head.size(), index, Hash.leaf(entry), path);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProofFile that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** The file. */
    @Override
    public String toString() {
        var file = new StringBuilder(FIRST_LINE).append('\n');
        if (extra.length > 0) {
            file.append("extra ")
                    .append(Base64.getEncoder().encodeToString(extra))
                    .append('\n');
        }
        file.append("index ").append(index).append('\n');
        path.forEach(hash -> file.append(hash).append('\n'));
        return file.append('\n').append(checkpoint).toString();
    }
}
