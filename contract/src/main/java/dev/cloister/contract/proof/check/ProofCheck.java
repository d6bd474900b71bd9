package dev.cloister.contract.proof.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.proof.Checkpoint;
import dev.cloister.contract.proof.MalformedProofException;
import dev.cloister.contract.proof.NoteKey;
import dev.cloister.contract.proof.ProofFile;
import dev.cloister.contract.proof.Proofs;
import dev.cloister.contract.proof.SignedNote;

/** Checks the proof of one event, which holds the event itself. */
public final class ProofCheck {
    private ProofCheck() {}

    /**
     * A proof that holds.
     *
     * @param note the head with all its signatures
     * @param event the event with the values that are shown, one JSON object
     * @param erased how many values are not shown
     */
    public record Proven(long index, Checkpoint head, SignedNote note, String event, int erased) {}

    /** @throws MalformedProofException with why it proves nothing */
    public static Proven check(String file, NoteKey key) throws MalformedProofException {
        var proof = ProofFile.parse(file);
        var head = Checkpoint.signed(proof.checkpoint(), key);
        byte[] event = proof.extra();
        if (event.length == 0 || event[0] != '{') {
            throw new MalformedProofException("the proof does not hold the event that it is of");
        }
        var leaf = new Leaf();
        try {
            var hash = leaf.read(event, 1, event.length);
            if (!Proofs.includes(head.root(), head.size(), proof.index(), hash, proof.path())) {
                throw new MalformedProofException("the event is not at index " + proof.index() + " of the log");
            }
        } catch (IndexOutOfBoundsException e) {
            throw new MalformedProofException("the event is cut off");
        }
        if (!leaf.problem().isEmpty()) {
            throw new MalformedProofException(leaf.problem());
        }
        if (!leaf.listProblem().isEmpty()) {
            throw new MalformedProofException(leaf.listProblem());
        }
        return new Proven(proof.index(), head, proof.checkpoint(), new String(event, UTF_8), leaf.erased());
    }
}
