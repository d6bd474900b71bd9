package dev.cloister.server.secret;

import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encrypts again, with the first master key, what an older one has encrypted. Run at every start; usually finds nothing. */
public final class SecretRotation {
    private static final Logger LOG = LoggerFactory.getLogger(SecretRotation.class);
    private static final Caller.Job JOB = new Caller.Job("master key rotation", Set.of(), Origin.internal());
    private static final int BATCH = 200;

    private final Transactions transactions;
    private final SecretCipher cipher;
    private final SecretRepository repository = new SecretRepository();

    public SecretRotation(Transactions transactions, SecretCipher cipher) {
        this.transactions = transactions;
        this.cipher = cipher;
    }

    /** Goes through every value of these columns; returns how many were encrypted again. */
    public int run(List<SecretColumn> columns) {
        int renewed = columns.stream().mapToInt(this::column).sum();
        if (renewed > 0) {
            LOG.info("{} secrets were encrypted again with the first master key", renewed);
        }
        return renewed;
    }

    private int column(SecretColumn column) {
        int renewed = 0;
        String last = "";
        while (true) {
            String from = last;
            var batch = transactions.read(tx -> repository.after(tx, column, from, BATCH));
            for (var stored : batch) {
                renewed += cipher.isOutdated(stored.value()) ? renew(column, stored) : 0;
            }
            if (batch.size() < BATCH) {
                return renewed;
            }
            last = batch.getLast().row();
        }
    }

    private int renew(SecretColumn column, SecretRepository.Stored stored) {
        try {
            SecretPlace place = column.at(stored.row());
            byte[] again = cipher.encrypt(place, cipher.decrypt(place, stored.value()));
            transactions.change(JOB, tx -> {
                repository.replace(tx, column, stored, again);
                return Changed.unaudited(stored, Unaudited.SERVER_KEY);
            });
            return 1;
        } catch (SecretCipher.UnreadableException e) {
            LOG.error("{}, row {}: {}", column.table(), stored.row(), e.getMessage());
            return 0;
        }
    }
}
