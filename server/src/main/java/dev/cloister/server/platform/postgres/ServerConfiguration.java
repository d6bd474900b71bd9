package dev.cloister.server.platform.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The configuration files, written anew at each start so that a later version of Cloister can change them. What an
 * operator puts into {@code postgresql.local.conf} beside them wins and is never touched.
 */
final class ServerConfiguration {
    /** Durability is PostgreSQL's own default in full; memory is small because one Cloister server is the only user. */
    private static final String SETTINGS = """
            # Written by Cloister at each start. Put changes into postgresql.local.conf in this directory.
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            ssl = off
            max_connections = 60
            superuser_reserved_connections = 3
            password_encryption = 'scram-sha-256'

            fsync = on
            full_page_writes = on
            synchronous_commit = on
            wal_level = replica
            max_wal_senders = 2
            max_replication_slots = 2
            min_wal_size = '64MB'
            max_wal_size = '512MB'

            shared_buffers = '96MB'
            huge_pages = off
            work_mem = '4MB'
            maintenance_work_mem = '48MB'
            dynamic_shared_memory_type = mmap   # /dev/shm is small in containers and cleared at logout by systemd
            io_method = sync
            jit = off
            max_worker_processes = 4
            max_parallel_workers = 2
            max_logical_replication_workers = 0
            autovacuum_max_workers = 2
            autovacuum_worker_slots = 4

            idle_in_transaction_session_timeout = '5min'
            tcp_keepalives_idle = 60
            restart_after_crash = on

            cluster_name = 'cloister'
            timezone = 'UTC'
            log_timezone = 'UTC'
            log_destination = 'stderr'
            logging_collector = off
            log_line_prefix = ''
            log_min_messages = 'warning'
            log_checkpoints = off

            include_if_exists = 'postgresql.local.conf'
            """;

    private static final String ACCESS_RULES = """
            # Written by Cloister at each start: local connections with a password, and nothing else.
            host all all 127.0.0.1/32 scram-sha-256
            host replication all 127.0.0.1/32 scram-sha-256
            """;

    private static final String LOCAL_SETTINGS = """
            # Settings of PostgreSQL that differ from Cloister's, for example:  shared_buffers = '512MB'
            """;

    private ServerConfiguration() {}

    static void write(ClusterPaths paths) throws IOException {
        writeIfDifferent(paths.serverConfiguration(), SETTINGS);
        writeIfDifferent(paths.accessRules(), ACCESS_RULES);
        writeIfDifferent(paths.identityMap(), "");
        if (!Files.exists(paths.localConfiguration())) {
            OwnedDirectory.writeFile(paths.localConfiguration(), LOCAL_SETTINGS, "rw-r--r--");
        }
    }

    private static void writeIfDifferent(Path file, String content) throws IOException {
        if (!Files.isRegularFile(file) || !Files.readString(file).equals(content)) {
            OwnedDirectory.writeFile(file, content, "rw-r--r--");
        }
    }
}
