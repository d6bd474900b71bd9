package dev.cloister.server.platform.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.cloister.contract.Secret;
import dev.cloister.server.platform.Failure;
import java.sql.Types;
import java.time.Duration;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Arguments;
import org.jdbi.v3.core.argument.NullArgument;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to PostgreSQL: some that can only read, where a statement is a transaction of its own and takes one
 * round trip, and some for transactions that write.
 */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final String READ_ONLY = "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY";

    private final HikariDataSource readers;
    private final HikariDataSource writers;
    private final Jdbi reading;
    private final Jdbi writing;

    private Database(HikariDataSource readers, HikariDataSource writers) {
        this.readers = readers;
        this.writers = writers;
        this.reading = configured(Jdbi.create(readers));
        this.writing = configured(Jdbi.create(writers));
    }

    private static Jdbi configured(Jdbi jdbi) {
        jdbi.registerColumnMapper(new InstantColumn());
        jdbi.registerArgument(new InstantArgument());
        jdbi.registerArgument(new UuidArgument());
        jdbi.getConfig(Arguments.class).setUntypedNullArgument(new NullArgument(Types.NULL));
        // A failed statement is logged without its values: they may be anything that people type.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
        return jdbi;
    }

    /**
     * Opens pools of at most {@code connections} together, which are at least two; fails after ten seconds without a
     * connection. A change holds its connection longer than a read, until its commit is on the disk, and one flush of
     * the disk is enough for all that commit together: so most of them are for changes.
     */
    public static Database open(String jdbcUrl, String user, Secret password, int connections) {
        int reads = Math.max(1, connections / 3);
        var writers = pool(jdbcUrl, user, password, connections - reads, "postgres-writers");
        var readers = pool(jdbcUrl, user, password, reads, "postgres-readers");
        readers.setConnectionInitSql(READ_ONLY);
        readers.setInitializationFailTimeout(-1); // the writers find out whether there is a database
        return new Database(new HikariDataSource(readers), new HikariDataSource(writers));
    }

    private static HikariConfig pool(String jdbcUrl, String user, Secret password, int connections, String name) {
        var config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl);
        config.setUsername(user);
        config.setPassword(password.reveal());
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
        config.setInitializationFailTimeout(Duration.ofSeconds(10).toMillis());
        config.setKeepaliveTime(Duration.ofMinutes(2).toMillis());
        config.setPoolName(name);
        config.addDataSourceProperty("ApplicationName", "cloister");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketFactory", WatchedSockets.class.getName());
        config.addDataSourceProperty("logServerErrorDetail", "false");
        return config;
    }

    /** For migrations, which need connections of their own. */
    public DataSource dataSource() {
        return writers;
    }

    /**
     * The state of the pools.
     *
     * @param active connections at work
     * @param idle connections at rest
     * @param waiting threads that wait for a connection
     * @param most how many connections there may be
     */
    public record Pool(int active, int idle, int waiting, int most) {
        private static Pool of(HikariDataSource pool) {
            var state = pool.getHikariPoolMXBean();
            return state == null // not asked for a connection yet
                    ? new Pool(0, 0, 0, pool.getMaximumPoolSize())
                    : new Pool(
                            state.getActiveConnections(),
                            state.getIdleConnections(),
                            state.getThreadsAwaitingConnection(),
                            pool.getMaximumPoolSize());
        }

        private Pool plus(Pool other) {
            return new Pool(active + other.active, idle + other.idle, waiting + other.waiting, most + other.most);
        }
    }

    /** The state of the pools at this moment, together. */
    public Pool pool() {
        return Pool.of(readers).plus(Pool.of(writers));
    }

    /**
     * Runs {@code work} on a connection on which PostgreSQL refuses to write. Each statement is its own transaction, as
     * is no different from one transaction for all at the isolation level that is used here, and saves the round trip of
     * its end.
     */
    public <T> T read(Function<ReadTx, T> work) {
        return trying(reading, handle -> work.apply(new ReadTx(handle)));
    }

    /**
     * Runs {@code work} in a transaction that can write. Nothing but the audit package may call this: it is where a
     * write meets its event. An architecture test holds the rule.
     */
    public <T> T write(Function<Handle, T> work) {
        return trying(writing, handle -> handle.inTransaction(work::apply));
    }

    /** Fails with {@link Failure.Unavailable} where no statement runs. */
    public void ping() {
        read(tx -> tx.query("SELECT 1").mapTo(Integer.class).one());
    }

    private static <T> T trying(Jdbi pool, Function<Handle, T> work) {
        for (int attempt = 1; ; attempt++) {
            try (Handle handle = pool.open()) {
                return work.apply(handle);
            } catch (ConnectionException e) {
                throw unavailable(e);
            } catch (RuntimeException e) {
                if (SqlStates.isRetryable(e) && attempt < 5) {
                    LOG.debug("transaction collided, attempt {}", attempt);
                } else if (SqlStates.isUnavailable(e)) {
                    throw unavailable(e);
                } else if (SqlStates.isUnstorableText(e)) {
                    throw new Failure.Invalid(
                            "The request has a text with a character that no text can have (U+0000).");
                } else {
                    throw e;
                }
            }
        }
    }

    private static Failure unavailable(RuntimeException cause) {
        LOG.warn("the database is not available: {}", cause.getMessage());
        return new Failure.Unavailable("The database is not available just now. Try again in a moment.");
    }

    @Override
    public void close() {
        readers.close();
        writers.close();
    }
}
