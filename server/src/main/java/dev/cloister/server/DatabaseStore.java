package dev.cloister.server;

import dev.cloister.contract.Secret;
import dev.cloister.server.platform.config.ServerSettings;
import dev.cloister.server.platform.postgres.EmbeddedPostgres;
import dev.cloister.server.platform.postgres.EmbeddedPostgresException;
import dev.cloister.server.platform.postgres.EmbeddedPostgresSettings;
import dev.cloister.server.platform.sql.Database;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** The database that the settings ask for: the embedded one, started here, or an external one. */
record DatabaseStore(
        Database database, String jdbcUrl, String user, Secret password, Optional<EmbeddedPostgres> embedded)
        implements AutoCloseable {
    static DatabaseStore open(ServerSettings settings, Consumer<String> say)
            throws EmbeddedPostgresException, InterruptedException, IOException {
        if (settings.postgres().isPresent()) {
            var external = settings.postgres().get();
            return connect(settings, external.jdbcUrl(), external.user(), external.password(), Optional.empty());
        }
        DataDirectory.prepare(settings.dataDirectory());
        var postgres = EmbeddedPostgres.start(
                EmbeddedPostgresSettings.in(settings.dataDirectory().resolve("postgres"))
                        .withAccount(settings.postgresAccount())
                        .withProgress(say));
        try {
            return connect(
                    settings, postgres.jdbcUrl(), postgres.username(), postgres.password(), Optional.of(postgres));
        } catch (RuntimeException e) {
            postgres.stop();
            throw e;
        }
    }

    private static DatabaseStore connect(
            ServerSettings settings, String url, String user, Secret password, Optional<EmbeddedPostgres> embedded) {
        try {
            var database = Database.open(url, user, password, settings.postgresConnections());
            return new DatabaseStore(database, url, user, password, embedded);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "PostgreSQL cannot be reached: " + e.getMessage() + ". Check postgres-url and its password.", e);
        }
    }

    @Override
    public void close() {
        database.close();
        embedded.ifPresent(EmbeddedPostgres::stop);
    }
}
