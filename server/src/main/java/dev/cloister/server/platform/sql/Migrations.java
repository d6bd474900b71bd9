package dev.cloister.server.platform.sql;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** The schema's history: forward only, each step in its own transaction, under PostgreSQL's advisory lock. */
public final class Migrations {
    private Migrations() {}

    /** Brings the schema to the newest version; refuses a schema that a newer server has written. */
    public static void run(DataSource database) {
        configure(database).load().migrate();
    }

    /** Brings the schema to one version, for the tests of the step after it. */
    public static void runTo(DataSource database, String version) {
        configure(database).target(MigrationVersion.fromVersion(version)).load().migrate();
    }

    private static FluentConfiguration configure(DataSource database) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:db/migration")
                .cleanDisabled(true)
                .validateMigrationNaming(true)
                .loggers("slf4j");
    }
}
