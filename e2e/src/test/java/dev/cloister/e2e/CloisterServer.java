package dev.cloister.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ./cloister server} on a data directory of its own, and the proof that nothing of it stays behind. */
final class CloisterServer implements AutoCloseable {
    /** The source tree that this module is part of. */
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    static final Path LAUNCHER = ROOT.resolve("cloister");

    /** The first start may have to build the product. */
    private static final Duration START = Duration.ofMinutes(10);

    private static final Duration STOP = Duration.ofSeconds(30);
    private static final Pattern LINK = Pattern.compile("first administrator: (\\S+)");

    /** Servers of the same machine must not share user ids: far from the default, and each test's its own. */
    private static final AtomicInteger NEXT_UID = new AtomicInteger(900_000_000);

    private static final int UIDS = 100_000_000;

    /** An account that nothing else on the machine has; it needs no name. */
    static final int ORDINARY_USER = 899_999_999;

    final Path directory;
    final Path data;
    final int port;
    final URI url;
    private final int firstUid;
    private final int uids;
    private final List<String> command;
    private Running process;
    private final StringBuilder earlier = new StringBuilder();

    private CloisterServer(Path directory, int port, int firstUid, int uids, List<String> command) throws IOException {
        this.directory = directory;
        this.data = directory.resolve("data");
        this.port = port;
        this.url = URI.create("http://127.0.0.1:" + port);
        this.firstUid = firstUid;
        this.uids = uids;
        this.command = command;
        this.process = launch();
    }

    /** A server with the given further settings, ready. {@code PORT} in them stands for the port it listens on. */
    static CloisterServer start(String... settings) throws IOException {
        Path directory = publicDirectory();
        int port = freePort();
        int uid = NEXT_UID.getAndAdd(UIDS);
        var all = command(LAUNCHER, directory, port);
        all.addAll(List.of("--sandbox-first-uid", Integer.toString(uid)));
        for (String setting : settings) {
            all.add(setting.replace("PORT", Integer.toString(port)));
        }
        return new CloisterServer(directory, port, uid, UIDS, List.copyOf(all)).awaitReady();
    }

    /** A server of {@link #ORDINARY_USER}, who cannot become anybody else, ready. */
    static CloisterServer startAsOrdinaryUser(Path launcher) throws IOException {
        Path directory = publicDirectory();
        int port = freePort();
        Files.createDirectory(directory.resolve("data"));
        own(directory.resolve("data"));
        var all = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=" + ORDINARY_USER,
                "--regid=" + ORDINARY_USER,
                "--clear-groups",
                "--no-new-privs",
                "--bounding-set=-all",
                "--inh-caps=-all"));
        all.addAll(command(launcher, directory, port));
        return new CloisterServer(directory, port, ORDINARY_USER, 1, List.copyOf(all)).awaitReady();
    }

    private static void own(Path directory) throws IOException {
        Files.setAttribute(directory, "unix:uid", ORDINARY_USER);
        Files.setAttribute(directory, "unix:gid", ORDINARY_USER);
    }

    private static List<String> command(Path launcher, Path directory, int port) {
        return new ArrayList<>(List.of(
                launcher.toString(),
                "server",
                "--data-dir",
                directory.resolve("data").toString(),
                "--http-address",
                "127.0.0.1:" + port));
    }

    /** A directory that other accounts may pass through, as the database's must. */
    static Path publicDirectory() throws IOException {
        Path directory = Files.createTempDirectory("cloister-e2e");
        Files.setPosixFilePermissions(directory, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        return directory;
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Running launch() throws IOException {
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CLOISTER_"));
        return Running.start(builder, "");
    }

    private CloisterServer awaitReady() {
        process.awaitText("readiness", START, said -> said.contains("is ready at"));
        return this;
    }

    /** Everything the server has said, in all of its lives. */
    String said() {
        return earlier + process.out() + process.err();
    }

    /** The printed link for the first administrator. */
    String setUpLink() {
        Matcher matcher = LINK.matcher(said());
        if (!matcher.find()) {
            throw new AssertionError("no set-up link was printed:\n" + said());
        }
        return matcher.group(1);
    }

    /** The server dies as by a fault of the machine, and everything it would have tidied stays. */
    void killAtOnce() {
        process.kill();
        earlier.append(process.out()).append(process.err());
    }

    /** Starts again on the same data. */
    void startAgain() throws IOException {
        process = launch();
        awaitReady();
    }

    /** Stops it as a service manager does. */
    Ran stop() {
        process.terminate();
        return process.await(STOP);
    }

    /** Whatever is still there of this server or of its workspaces: processes and mounts, in words. */
    List<String> leftovers() throws IOException {
        var found = new ArrayList<String>();
        processes().forEach(each -> found.add(each.toString()));
        Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                .filter(line -> line.contains(directory.toString()))
                .forEach(line -> found.add("mount " + line));
        return found;
    }

    /** The processes that say this in their command line, oldest first. */
    List<Long> processes(String word) throws IOException {
        return processes().stream()
                .filter(each -> each.command().contains(word))
                .map(Found::pid)
                .sorted()
                .toList();
    }

    private record Found(long pid, String command) {}

    private List<Found> processes() throws IOException {
        var found = new ArrayList<Found>();
        try (var entries = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path entry : entries) {
                try {
                    String command = Files.readString(entry.resolve("cmdline")).replace('\0', ' ');
                    long uid = Files.readAllLines(entry.resolve("status")).stream()
                            .filter(line -> line.startsWith("Uid:"))
                            .mapToLong(line -> Long.parseLong(line.split("\\s+")[1]))
                            .findFirst()
                            .orElse(-1);
                    boolean ours =
                            command.contains(directory.toString()) || (uid >= firstUid && uid < (long) firstUid + uids);
                    if (ours) {
                        found.add(new Found(Long.parseLong(entry.getFileName().toString()), command));
                    }
                } catch (IOException e) {
                    // It ended while we looked.
                }
            }
        }
        return found;
    }

    /** Files of the data directory whose path names an id. */
    List<Path> filesOf(String id) throws IOException {
        try (var files = Files.walk(data)) {
            return files.filter(file -> file.toString().contains(id)).toList();
        }
    }

    /** Stops the server if it still runs, and fails where something of it stays; that is then ended all the same. */
    @Override
    public void close() throws IOException {
        try {
            if (process.isAlive()) {
                stop();
            }
            Eventually.within(
                    Duration.ofSeconds(10),
                    "the end of everything",
                    () -> leftovers().isEmpty(),
                    this::describe);
        } finally {
            Files.writeString(
                    Files.createDirectories(Path.of("target/server-logs")).resolve(port + ".log"), said());
            for (Found each : processes()) {
                ProcessHandle.of(each.pid()).ifPresent(ProcessHandle::destroyForcibly);
            }
            delete(directory);
        }
    }

    private String describe() {
        try {
            return String.join("\n", leftovers()) + "\nThe server said:\n" + said();
        } catch (IOException e) {
            return e.toString();
        }
    }

    static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(file);
            }
        }
    }
}
