package dev.cloister.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** OpenSSH's own server on a loopback address, where the user of this test may sign in with the keys it is told. */
final class SshHost implements AutoCloseable {
    static final String ADDRESS = "127.0.0.2";

    final int port;
    final Path directory;
    private final Running process;

    private SshHost(Path directory, int port, Running process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    static SshHost start(Path directory) throws IOException {
        Files.createDirectories(directory);
        run(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-f",
                directory.resolve("host").toString());
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName(ADDRESS))) {
            port = socket.getLocalPort();
        }
        Files.writeString(directory.resolve("authorized"), "");
        Files.writeString(directory.resolve("config"), """
                ListenAddress %1$s:%2$d
                HostKey %3$s/host
                AuthorizedKeysFile %3$s/authorized
                PidFile none
                StrictModes no
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                PermitRootLogin prohibit-password
                LogLevel VERBOSE
                """.formatted(ADDRESS, port, directory));
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        var process = Running.start(
                new ProcessBuilder(
                        "/usr/sbin/sshd",
                        "-D",
                        "-e",
                        "-f",
                        directory.resolve("config").toString()),
                "");
        Eventually.within(Duration.ofSeconds(20), "sshd listens", () -> listens(port), process::err);
        return new SshHost(directory, port, process);
    }

    private static boolean listens(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(ADDRESS, port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Lets nobody in but the holder of this key. */
    void authorize(String publicKey) throws IOException {
        Files.writeString(directory.resolve("authorized"), publicKey);
    }

    /** The line of {@code known_hosts} that pins this server. */
    String knownHost() throws IOException {
        var key = Files.readString(directory.resolve("host.pub")).split(" ");
        return "[" + ADDRESS + "]:" + port + " " + key[0] + " " + key[1];
    }

    String fingerprint() throws IOException {
        return run("ssh-keygen", "-l", "-f", directory.resolve("host.pub").toString())
                .text()
                .split(" ")[1];
    }

    /** Everything the server has said. */
    String said() {
        return process.err();
    }

    static Ran run(String... command) throws IOException {
        return Running.start(new ProcessBuilder(command), "")
                .await(Duration.ofSeconds(30))
                .succeeded();
    }

    @Override
    public void close() {
        process.close();
    }
}
