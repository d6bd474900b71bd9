package dev.cloister.server.audit.log;

import dev.cloister.contract.proof.NoteKey;
import dev.cloister.server.audit.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The log in the order of its places, for those who send copies of it elsewhere. */
public final class LogFeed {
    /** Rows are read in pieces, so that a few huge ones are not all in memory at once. */
    private static final int PIECE = 128;

    private final Transactions transactions;
    private final LogRepository repository;
    private final NoteKey key;

    LogFeed(Transactions transactions, LogRepository repository, NoteKey key) {
        this.transactions = transactions;
        this.repository = repository;
        this.key = key;
    }

    /** The key that signs the heads; its name is that of the log. */
    public NoteKey key() {
        return key;
    }

    /**
     * Events from a place on, without a gap: at least one where there is one, and no more after about so many bytes.
     *
     * @param count how many at most
     */
    public List<PlacedEvent> read(long from, int count, long bytes) {
        var events = new ArrayList<PlacedEvent>();
        long left = bytes;
        while (events.size() < count && left > 0) {
            long first = first(from, events);
            int piece = Math.min(PIECE, count - events.size());
            var rows = transactions.read(tx -> repository.leaves(tx, first, piece));
            for (LeafRow row : rows) {
                left -= size(row);
                boolean gap = !events.isEmpty() && row.index() != first(from, events);
                if (gap || left < 0 && !events.isEmpty()) {
                    return events;
                }
                events.add(new PlacedEvent(row.index(), row.entry(), row.salts(), row.values()));
            }
            if (rows.size() < piece) {
                break;
            }
        }
        return events;
    }

    private static long first(long from, List<PlacedEvent> known) {
        return known.isEmpty() ? from : known.getLast().index() + 1;
    }

    private static long size(LeafRow row) {
        long size = row.entry().length;
        for (String value : row.values().values()) {
            size += value.length();
        }
        return size;
    }

    /** The newest head that covers more than {@code after} events and no more than {@code upTo}; else the next larger. */
    public Optional<SignedHead> headFor(long after, long upTo) {
        return transactions.read(tx -> repository
                .headFor(tx, after, upTo)
                .map(head -> new SignedHead(head.size(), head.note(), head.createdAt())));
    }

    /** The newest head. */
    public Optional<SignedHead> head() {
        return transactions.read(tx ->
                repository.newestHead(tx).map(head -> new SignedHead(head.size(), head.note(), head.createdAt())));
    }
}
