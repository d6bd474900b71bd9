package dev.cloister.server.platform.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.cloister.contract.Secret;
import dev.cloister.server.platform.Failure;
import java.sql.Connection;
import java.sql.SQLException;
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

/** The pool of connections to PostgreSQL and the transactions on it. */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
        jdbi.registerColumnMapper(new InstantColumn());
        jdbi.registerArgument(new InstantArgument());
        jdbi.registerArgument(new UuidArgument());
        jdbi.getConfig(Arguments.class).setUntypedNullArgument(new NullArgument(Types.NULL));
        // A failed statement is logged without its values: they may be anything that people type.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
    }

    /** Opens a pool of at most {@code connections}; fails after ten seconds without a connection. */
    public static Database open(String jdbcUrl, String user, Secret password, int connections) {
        var config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl);
        config.setUsername(user);
        config.setPassword(password.reveal());
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(Math.min(2, connections));
        config.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
        config.setInitializationFailTimeout(Duration.ofSeconds(10).toMillis());
        config.setKeepaliveTime(Duration.ofMinutes(2).toMillis());
        config.setPoolName("postgres");
        config.addDataSourceProperty("ApplicationName", "cloister");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketTimeout", "60");
        config.addDataSourceProperty("logServerErrorDetail", "false");
        return new Database(new HikariDataSource(config));
    }

    /** For migrations and for listening, which need connections of their own. */
    public DataSource dataSource() {
        return pool;
    }

    /**
     * The state of the pool.
     *
     * @param active connections at work
     * @param idle connections at rest
     * @param waiting threads that wait for a connection
     * @param most how many connections there may be
     */
    public record Pool(int active, int idle, int waiting, int most) {}

    /** The state of the pool at this moment. */
    public Pool pool() {
        var state = pool.getHikariPoolMXBean();
        return new Pool(
                state.getActiveConnections(),
                state.getIdleConnections(),
                state.getThreadsAwaitingConnection(),
                pool.getMaximumPoolSize());
    }

    /** Runs {@code work} in a read-only transaction (the driver says BEGIN READ ONLY, at no extra round trip). */
    public <T> T read(Function<ReadTx, T> work) {
        return inTransaction(true, handle -> work.apply(new ReadTx(handle)));
    }

    /**
     * Runs {@code work} in a transaction that can write. Nothing but the audit package may call this: it is where a
     * write meets its event. An architecture test holds the rule.
     */
    public <T> T write(Function<Handle, T> work) {
        return inTransaction(false, work);
    }

    /** Fails with {@link Failure.Unavailable} where no statement runs. */
    public void ping() {
        read(tx -> tx.query("SELECT 1").mapTo(Integer.class).one());
    }

    private <T> T inTransaction(boolean readOnly, Function<Handle, T> work) {
        for (int attempt = 1; ; attempt++) {
            try (Handle handle = jdbi.open()) {
                return transact(handle, readOnly, work);
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

    private static <T> T transact(Handle handle, boolean readOnly, Function<Handle, T> work) {
        Connection connection = handle.getConnection();
        try {
            connection.setReadOnly(readOnly);
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
        return handle.inTransaction(work::apply);
    }

    private static Failure unavailable(RuntimeException cause) {
        LOG.warn("the database is not available: {}", cause.getMessage());
        return new Failure.Unavailable("The database is not available just now. Try again in a moment.");
    }

    @Override
    public void close() {
        pool.close();
    }
}
