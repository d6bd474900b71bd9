package dev.cloister.contract.proof.check;

import dev.cloister.contract.proof.Checkpoint;

/** What the check of an export found. */
public sealed interface Verdict {
    /**
     * Nothing was altered.
     *
     * @param head the signed head that everything leads to
     * @param first the index of the first entry of the export
     * @param entries how many entries were checked
     * @param erased how many values can no longer be shown; their entries are proven all the same
     */
    record Whole(Checkpoint head, long first, long entries, long erased) implements Verdict {}

    /**
     * Something was altered.
     *
     * @param index the first index that is wrong, or -1 where none can be named
     */
    record Wrong(Damage damage, long index, String sentence) implements Verdict {}

    /** In what way. */
    enum Damage {
        FORGED_CHECKPOINT,
        CHANGED,
        DELETED,
        INSERTED,
        REORDERED,
        TRUNCATED,
        ROLLED_BACK,
        REWRITTEN,
        MALFORMED
    }
}
