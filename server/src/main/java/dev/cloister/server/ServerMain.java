package dev.cloister.server;

import dev.cloister.server.platform.config.ServerSettings;
import dev.cloister.server.platform.config.SettingsException;
import dev.cloister.server.platform.postgres.EmbeddedPostgresException;
import dev.cloister.server.platform.telemetry.LogSetup;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** {@code cloister server}: reads the settings, starts the server, and waits until it is told to stop. */
public final class ServerMain {
    private ServerMain() {}

    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).contains("--help")) {
            System.out.print(ServerSettings.help());
            return;
        }
        if (List.of(arguments).contains("--train")) {
            train();
            return;
        }
        int status = run(List.of(arguments), System.getenv());
        if (status != 0) {
            System.exit(status);
        }
    }

    private static int run(List<String> arguments, Map<String, String> environment) throws InterruptedException {
        ServerSettings settings;
        try {
            settings = ServerSettings.load(arguments, environment);
        } catch (SettingsException e) {
            e.problems().forEach(problem -> System.err.println("cloister: " + problem));
            return 2;
        }
        if (settings.printAndEnd()) {
            System.out.print(settings.table());
            return 0;
        }
        LogSetup.apply(settings.logging().json(), settings.logging().level());
        var ended = new CountDownLatch(1);
        try (Server server = Server.start(settings, Installation.of(environment), ServerMain::say)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, ended), "shutdown"));
            server.welcome().forEach(ServerMain::say);
            ended.await();
        } catch (EmbeddedPostgresException | IllegalStateException | IllegalArgumentException | IOException e) {
            System.err.println("cloister: the server cannot start. " + e.getMessage());
            return 1;
        }
        return 0;
    }

    private static void stop(Server server, CountDownLatch ended) {
        say("Stopping ...");
        server.close();
        ended.countDown();
    }

    private static void say(String line) {
        System.err.println(line);
    }

    /** A short life of the server in a directory of its own, whose classes the start-up cache will hold. */
    private static void train() throws Exception {
        Path directory = Files.createTempDirectory("cloister-train");
        try {
            LogSetup.apply(false, "warn");
            var settings = ServerSettings.load(
                    List.of("--data-dir", directory.toString(), "--http-address", "127.0.0.1:0"), Map.of());
            var installation = new Installation(directory.resolve("dashboard"), directory.resolve("agent"));
            Files.createDirectories(installation.dashboard());
            placeholder(installation.agentImage());
            Files.writeString(installation.dashboard().resolve("index.html"), "<html></html>");
            try (Server server = Server.start(settings, installation, line -> {})) {
                Training.run(server.url());
            }
        } catch (EmbeddedPostgresException | BindException e) {
            System.err.println("cloister: " + e.getMessage());
        } finally {
            delete(directory);
        }
    }

    /** Stands in for the agent, which need not be there when the server is built. */
    private static void placeholder(Path image) throws IOException {
        Path agent = Files.createDirectories(image.resolve("bin")).resolve("cloister-agent");
        Files.writeString(agent, "#!/bin/sh\nexec sleep 60\n");
        Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(file);
            }
        }
    }
}
