package dev.cloister.server.platform.postgres;

import java.nio.file.Path;

/** The files of one embedded PostgreSQL; all names below its directory are given here and nowhere else. */
record ClusterPaths(Path directory) {
    static final String TEMPORARY_PREFIX = "making-";

    /** PostgreSQL's own data directory; belongs to the account it runs as, mode 0700. */
    Path data() {
        return directory.resolve("data");
    }

    Path postmasterFile() {
        return data().resolve("postmaster.pid");
    }

    Path serverConfiguration() {
        return directory.resolve("postgresql.conf");
    }

    /** The operator's own settings; written once, then only read. */
    Path localConfiguration() {
        return directory.resolve("postgresql.local.conf");
    }

    Path accessRules() {
        return directory.resolve("pg_hba.conf");
    }

    Path identityMap() {
        return directory.resolve("pg_ident.conf");
    }

    Path superuserPassword() {
        return directory.resolve("superuser-password");
    }

    Path applicationPassword() {
        return directory.resolve("application-password");
    }

    Path lock() {
        return directory.resolve("server.lock");
    }
}
