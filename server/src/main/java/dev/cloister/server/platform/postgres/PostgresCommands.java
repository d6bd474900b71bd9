package dev.cloister.server.platform.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** The command lines of PostgreSQL's programs for one directory and account. */
record PostgresCommands(ClusterPaths paths, Binaries binaries, RunAs account) {
    static final String SUPERUSER = "postgres";

    List<String> server(int port) throws IOException {
        var command =
                new ArrayList<>(List.of(program("postgres"), "-D", paths.data().toString(), "-p", "" + port));
        command.addAll(configuration());
        return account.daemon(command, needed());
    }

    /** Reads SQL, one statement a line, with no server running. */
    List<String> singleUser(Path data) throws IOException {
        var command = new ArrayList<>(List.of(program("postgres"), "--single", "-D", data.toString()));
        command.addAll(configuration());
        command.add("postgres");
        return account.tool(command, needed());
    }

    /** Text is compared byte by byte: the order is the same on every machine, whatever its C library. */
    List<String> initialise(Path data, Path passwordFile) throws IOException {
        var command = List.of(
                program("initdb"),
                "--pgdata=" + data,
                "--username=" + SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--data-checksums",
                "--no-instructions");
        return account.tool(command, needed());
    }

    private List<String> configuration() {
        return List.of(
                "-c", "config_file=" + paths.serverConfiguration(),
                "-c", "hba_file=" + paths.accessRules(),
                "-c", "ident_file=" + paths.identityMap());
    }

    private String program(String name) {
        return binaries.program(name).toString();
    }

    private List<Path> needed() {
        return List.copyOf(new LinkedHashSet<>(List.of(paths.directory(), binaries.root())));
    }
}
