package dev.cloister.server.audit.log;

import dev.cloister.contract.proof.Checkpoint;
import dev.cloister.contract.proof.GrowingTree;
import dev.cloister.contract.proof.Hash;
import dev.cloister.contract.proof.MalformedProofException;
import dev.cloister.contract.proof.NoteSigner;
import dev.cloister.contract.proof.SignedNote;
import dev.cloister.contract.proof.Tile;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.LogEntry;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives committed events their places in the tree, without gaps, and signs the new head in the same transaction. Any
 * replica can do it and one at a time does, under a lock of the database; changes never wait for it.
 */
final class Sequencer {
    private static final int BATCH = 4096;
    private static final int OLD_BATCH = 1000;
    private static final Duration KEEP_HEADS = Duration.ofHours(1);
    private static final Caller.Job JOB = new Caller.Job("audit log tree", Set.of(), Origin.internal());

    private final Transactions transactions;
    private final LogRepository repository;
    private final NoteSigner signer;
    private final Clock clock;
    private volatile long lastSigned;
    private volatile String problem = "";

    Sequencer(Transactions transactions, LogRepository repository, NoteSigner signer, Clock clock) {
        this.transactions = transactions;
        this.repository = repository;
        this.signer = signer;
        this.clock = clock;
    }

    /** Until no committed event is without a place. */
    void catchUp() {
        while (placeSome() == BATCH) {
            // there may be more
        }
    }

    boolean isAnythingQueued() {
        return transactions.read(repository::isAnythingQueued);
    }

    /** Gives events from before there was a tree their entries; says whether there may be more. */
    boolean adoptSome() {
        return transactions.change(JOB, tx -> {
            repository.lock(tx);
            var entries = new HashMap<Long, LogEntry>();
            for (var old : repository.withoutEntry(tx, OLD_BATCH)) {
                entries.put(old.sequence(), LogEntry.of(old.facts()));
            }
            if (!entries.isEmpty()) {
                repository.giveEntry(tx, entries);
            }
            return Changed.unaudited(!entries.isEmpty(), Unaudited.LOG_TREE);
        });
    }

    /** Signs the head of the empty log, so that there is one from the first moment on. */
    void signFirst() {
        if (transactions.read(repository::newestHead).isPresent()) {
            return;
        }
        transactions.change(JOB, tx -> {
            repository.lock(tx);
            if (repository.newestHead(tx).isEmpty()) {
                sign(tx, new Checkpoint(signer.key().name(), 0, Hash.EMPTY_ROOT));
            }
            return Changed.unaudited(true, Unaudited.LOG_TREE);
        });
    }

    /** Finds events of the last time that an older version of the server stored past the tree; says whether any. */
    boolean takeUpForgotten(Duration within) {
        return transactions.change(JOB, tx -> {
            repository.lock(tx);
            int found = repository.takeUpForgotten(tx, clock.instant().minus(within));
            return Changed.unaudited(found > 0, Unaudited.LOG_TREE);
        });
    }

    void forgetHeads() {
        transactions.change(JOB, tx -> {
            repository.forgetCheckpoints(tx, clock.instant().minus(KEEP_HEADS));
            return Changed.unaudited(true, Unaudited.LOG_TREE);
        });
    }

    private int placeSome() {
        record Placed(int count, long size) {}
        var placed = transactions.change(JOB, tx -> {
            repository.lock(tx);
            long size = repository.size(tx);
            List<Hash> leaves = repository.place(tx, size, BATCH);
            if (!leaves.isEmpty()) {
                grow(tx, size, leaves);
                tx.announce(Topics.AUDIT_LOG_GREW, Long.toString(size + leaves.size()));
            }
            return Changed.unaudited(new Placed(leaves.size(), size + leaves.size()), Unaudited.LOG_TREE);
        });
        lastSigned = placed.count() > 0 ? placed.size() : lastSigned;
        problem = "";
        return placed.count();
    }

    /** Why events get no places, empty where they do. */
    String problem() {
        return problem;
    }

    private void grow(WriteTx tx, long size, List<Hash> leaves) {
        try {
            var edge = new HashMap<Tile, byte[]>();
            for (Tile tile : Tile.edge(size)) {
                repository.tile(tx, tile).ifPresent(hashes -> edge.put(tile, hashes));
            }
            var tree = new GrowingTree(size, edge);
            requireAsSigned(tx, new Checkpoint(signer.key().name(), size, tree.root()));
            leaves.forEach(tree::add);
            Map<Tile, byte[]> changed = tree.takeSealed();
            changed.putAll(tree.edge());
            repository.keepTiles(tx, changed);
            sign(tx, new Checkpoint(signer.key().name(), tree.size(), tree.root()));
        } catch (MalformedProofException e) {
            throw refuse("the tree of the audit log in the database was changed or cut off");
        }
    }

    /** Nothing is added to a tree that is not the one whose head was signed last: that would sign the alteration. */
    private void requireAsSigned(WriteTx tx, Checkpoint now) throws MalformedProofException {
        var newest = repository.newestHead(tx);
        if (newest.isEmpty()) {
            if (now.size() > 0) {
                throw refuse("the signed heads of the audit log are gone from the database");
            }
            return;
        }
        var signed = Checkpoint.signed(SignedNote.parse(newest.get().note()), signer.key());
        if (!signed.equals(now)) {
            throw refuse("the audit log in the database has " + now.size()
                    + " entries and is not the one that was signed with " + signed.size());
        }
        if (signed.size() < lastSigned) {
            throw refuse("the audit log in the database has " + signed.size() + " entries, and had " + lastSigned
                    + ": an older database was restored");
        }
    }

    private IllegalStateException refuse(String why) {
        problem = why;
        return new IllegalStateException(why);
    }

    private void sign(WriteTx tx, Checkpoint checkpoint) {
        repository.keepCheckpoint(tx, checkpoint, signer.sign(checkpoint.text()).toString(), clock.instant());
    }
}
