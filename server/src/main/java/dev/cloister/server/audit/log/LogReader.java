package dev.cloister.server.audit.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.proof.Checkpoint;
import dev.cloister.contract.proof.EntryBundle;
import dev.cloister.contract.proof.MalformedProofException;
import dev.cloister.contract.proof.NoteKey;
import dev.cloister.contract.proof.ProofFile;
import dev.cloister.contract.proof.SignedNote;
import dev.cloister.contract.proof.Tile;
import dev.cloister.contract.proof.TileSource;
import dev.cloister.contract.proof.TiledTree;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.access.Visibility;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.export.LogExported;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.ReadTx;
import java.io.IOException;
import java.util.UUID;

/** What the tree tells: heads, tiles, entries and the proof of one event. */
final class LogReader {
    private static final Visibility.Columns COLUMNS = new Visibility.Columns("e.id", "e.organization_id", "", "");

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final LogRepository repository;
    private final Sequencer sequencer;
    private final NoteKey key;

    LogReader(
            Transactions transactions,
            Authorizer authorizer,
            LogRepository repository,
            Sequencer sequencer,
            NoteKey key) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.repository = repository;
        this.sequencer = sequencer;
        this.key = key;
    }

    NoteKey key() {
        return key;
    }

    /** The newest head. */
    LogRepository.Head head() {
        return transactions.read(this::head);
    }

    private LogRepository.Head head(ReadTx tx) {
        return repository
                .newestHead(tx)
                .orElseThrow(
                        () -> new Failure.Unavailable("The audit log has no signed head yet. Try again in a moment."));
    }

    /** The newest head that witnesses have cosigned, with their signatures. */
    SignedNote witnessed() {
        return transactions.read(tx -> repository
                .newestWitnessed(tx, 0)
                .map(head -> withCosignatures(tx, head))
                .orElseThrow(() -> new Failure.NotFound("No witness has cosigned the audit log yet.")));
    }

    private SignedNote withCosignatures(ReadTx tx, LogRepository.Head head) {
        try {
            var note = SignedNote.parse(head.note());
            var lines = repository.cosignatures(tx, head.size());
            return lines.isEmpty() ? note : note.with(SignedNote.lines(String.join("\n", lines) + "\n"));
        } catch (MalformedProofException e) {
            throw new IllegalStateException("a signed head in the database was changed", e);
        }
    }

    /** Hashes say nothing of what is hashed, so that whoever reads some of the log can follow all of its tree. */
    byte[] tile(Tile tile) {
        return transactions.read(tx -> repository.tile(tx, tile).orElseThrow(Failure.NotFound::new));
    }

    /** Entries are of all organizations, and for those who read all of them. */
    byte[] entries(Caller caller, Tile tile) {
        requireAll(caller);
        var entries = transactions.read(tx -> repository.entries(tx, tile.index() * Tile.FULL, tile.width()));
        if (entries.size() != tile.width()) {
            throw new Failure.NotFound();
        }
        return EntryBundle.write(entries);
    }

    void requireAll(Caller caller) {
        authorizer.requireOnType(caller, Action.READ, ResourceType.AUDIT_LOG, null);
    }

    /** The proof that an event, which the caller can see, is on the log. It holds the event itself. */
    ProofFile proof(Caller caller, UUID event) {
        var visibility = authorizer.visible(caller, ResourceType.AUDIT_LOG, COLUMNS);
        var leaf = transactions
                .read(tx -> repository.leaf(tx, event, visibility))
                .orElseGet(() -> placed(event, visibility));
        return transactions.read(tx -> proof(tx, leaf));
    }

    /** The leaf of an event that had no place a moment ago. */
    private LeafRow placed(UUID event, Visibility visibility) {
        if (!transactions.read(tx -> repository.isVisible(tx, event, visibility))) {
            throw new Failure.NotFound();
        }
        sequencer.catchUp();
        return transactions
                .read(tx -> repository.leaf(tx, event, visibility))
                .orElseThrow(() -> new Failure.Unavailable(
                        "The event has no place in the tree of the log yet. Try again in a moment."));
    }

    private ProofFile proof(ReadTx tx, LeafRow leaf) {
        try {
            var note = withCosignatures(
                    tx, repository.newestWitnessed(tx, leaf.index() + 1).orElseGet(() -> head(tx)));
            var head = Checkpoint.signed(note, key);
            var path = new TiledTree(head.size(), tiles(tx)).inclusion(leaf.index());
            return new ProofFile(leaf.record().getBytes(UTF_8), leaf.index(), path, note);
        } catch (MalformedProofException | IOException e) {
            throw new IllegalStateException("the tree of the audit log in the database was changed or cut off", e);
        }
    }

    private TileSource tiles(ReadTx tx) {
        return tile -> repository.tile(tx, tile).orElseThrow(() -> new IOException("no tile " + tile.path()));
    }

    /** The whole log from one place on. That somebody took it is on it. */
    LogExport export(Caller caller, long first) {
        var head = head();
        if (first > head.size()) {
            throw new Failure.Invalid(
                    "Query parameters have invalid values.", "from", "The log has " + head.size() + " entries.");
        }
        transactions.record(caller, LogExported.event("audit log with its tree", "proof", ""));
        return new LogExport(transactions, repository, key, head, first);
    }
}
