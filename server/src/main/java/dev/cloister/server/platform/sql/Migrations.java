package dev.cloister.server.platform.sql;

import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** The schema's history: forward only, each step in its own transaction, under PostgreSQL's advisory lock. */
public final class Migrations {
    private static final String DIRECTORY = "db/migration";

    private Migrations() {}

    /** Brings the schema to the newest version; refuses a schema that a newer server has written. */
    public static void run(DataSource database) {
        run(database, SchemaFingerprint.packaged(DIRECTORY));
    }

    static void run(DataSource database, Optional<String> fingerprint) {
        if (fingerprint.isPresent() && SchemaFingerprint.isOn(database, fingerprint.get())) {
            return;
        }
        Flyway flyway = configure(database).load();
        refuseNewer(flyway);
        flyway.migrate();
        fingerprint.ifPresent(mark -> SchemaFingerprint.put(database, mark));
    }

    private static void refuseNewer(Flyway flyway) {
        for (MigrationInfo applied : flyway.info().applied()) {
            if (applied.getState() == MigrationState.FUTURE_SUCCESS) {
                throw new IllegalStateException("The database has schema version " + applied.getVersion()
                        + ", written by a newer Cloister than this one. Start the newer version, or restore a backup"
                        + " from before the upgrade.");
            }
        }
    }

    /** Brings the schema to one version, for the tests of the step after it. */
    public static void runTo(DataSource database, String version) {
        configure(database).target(MigrationVersion.fromVersion(version)).load().migrate();
    }

    private static FluentConfiguration configure(DataSource database) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:" + DIRECTORY)
                .cleanDisabled(true)
                .validateMigrationNaming(true)
                .loggers("slf4j");
    }
}
