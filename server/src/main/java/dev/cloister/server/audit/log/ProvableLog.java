package dev.cloister.server.audit.log;

import dev.cloister.contract.api.AuditLogStatus;
import dev.cloister.contract.proof.NoteKey;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.http.Routes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The tree over the audit log, put together. */
public final class ProvableLog implements AutoCloseable {
    private final Sequencer sequencer;
    private final SequencerThread thread;
    private final AuditLogRoutes routes;
    private final LogFeed feed;
    private final LogStatus status;

    /**
     * Loads the key, which is made at the first start.
     *
     * @param witnesses the keys whose cosignatures are taken
     */
    public ProvableLog(
            Transactions transactions, Authorizer authorizer, KeyVault vault, List<NoteKey> witnesses, Clock clock) {
        var repository = new LogRepository();
        var signer = LogKey.load(transactions, vault, clock);
        sequencer = new Sequencer(transactions, repository, signer, clock);
        sequencer.signFirst();
        thread = new SequencerThread(sequencer);
        status = new LogStatus(transactions, repository, sequencer, signer.key(), witnesses, clock);
        routes = new AuditLogRoutes(
                new LogReader(transactions, authorizer, repository, sequencer, signer.key()),
                new Cosignatures(transactions, repository, witnesses, clock),
                status,
                new Erasure(transactions, authorizer, repository, new ErasureRepository()));
        feed = new LogFeed(transactions, repository, signer.key());
        transactions.whenStored(thread::wake);
    }

    public void register(Routes table) {
        routes.register(table);
    }

    /** For those who send copies elsewhere. */
    public LogFeed feed() {
        return feed;
    }

    /** Whether the log can be proven just now. */
    public AuditLogStatus status() {
        return status.now();
    }

    /** Begins to give events their places. */
    public void start() {
        thread.start();
    }

    /** Gives every committed event its place now. */
    public void catchUp() {
        sequencer.takeUpForgotten(Duration.ofDays(1));
        while (sequencer.adoptSome()) {
            // there may be more
        }
        sequencer.catchUp();
    }

    @Override
    public void close() {
        thread.close();
    }
}
