package dev.cloister.provisioner.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.provisioner.TemplateSource;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Where one run works: the template's files in {@code w}, Terraform's home and its temporary files beside it, and the
 * provider's socket. Nobody else can enter, and nothing of it is left when it is closed.
 */
final class RunDirectory implements AutoCloseable {
    private static final String BUILD = "build";
    private static final String STATE = "terraform.tfstate";
    private static final int LARGEST_STATE = 64 * 1024 * 1024;

    private final Path root;

    private RunDirectory(Path root) {
        this.root = root;
    }

    /** A fresh one; names are short, because the path of a socket may not be long. */
    static RunDirectory create(Path below, Optional<UUID> build) throws IOException {
        var name = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(), 12);
        var directory = new RunDirectory(below.resolve(name));
        makePrivate(directory.root);
        makePrivate(directory.work());
        makePrivate(directory.home());
        makePrivate(directory.temporary());
        if (build.isPresent()) {
            Files.writeString(directory.root.resolve(BUILD), build.get().toString());
        }
        return directory;
    }

    /** One that was left by a process that was ended. */
    static RunDirectory left(Path root) {
        return new RunDirectory(root);
    }

    private static void makePrivate(Path path) throws IOException {
        Files.createDirectory(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    Path root() {
        return root;
    }

    Path work() {
        return root.resolve("w");
    }

    Path home() {
        return root.resolve("h");
    }

    Path temporary() {
        return root.resolve("t");
    }

    /** Where Terraform's process id is written down. */
    Path processFile() {
        return root.resolve("pid");
    }

    /** The build that a left directory was for. */
    Optional<UUID> build() {
        try {
            return Optional.of(UUID.fromString(Files.readString(root.resolve(BUILD))));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Writes the template's files. Their paths were checked when they were read: none leads outside. */
    void write(TemplateSource source) throws IOException {
        for (String path : source.paths()) {
            write(path, source.file(path).orElse(new byte[0]));
        }
    }

    void write(String path, byte[] content) throws IOException {
        Path file = work().resolve(path).normalize();
        if (!file.startsWith(work())) {
            throw new IOException("the path " + path + " leads out of the template");
        }
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    void write(String path, String content) throws IOException {
        write(path, content.getBytes(UTF_8));
    }

    void writeState(byte[] state) throws IOException {
        write(STATE, state);
    }

    /** The state that Terraform has left; empty where there is none, or where what lies there is none. */
    byte[] state() throws IOException {
        Path file = work().resolve(STATE);
        // Whatever a template puts in its place is not followed out of the directory.
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return new byte[0];
        }
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] state = in.readNBytes(LARGEST_STATE + 1);
            return state.length > LARGEST_STATE ? new byte[0] : state;
        }
    }

    /** Gives everything to the account that Terraform runs as. */
    void giveTo(Account account) throws IOException, InterruptedException {
        account.own(root);
    }

    /** What it takes of the disk, in bytes; what vanishes meanwhile does not count. */
    long size() throws IOException {
        long[] total = {0};
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                total[0] += attributes.size();
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return total[0];
    }

    /**
     * Removes all of it. What another account owns is removed as that account: it may still have processes that swap
     * directories for links, which would lead somebody with more rights astray (CWE-59).
     */
    @Override
    public void close() throws IOException {
        int uid = (int) Files.getAttribute(root, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        int gid = (int) Files.getAttribute(root, "unix:gid", LinkOption.NOFOLLOW_LINKS);
        var command = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root") && uid != 0) {
            command.addAll(List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--"));
        }
        command.addAll(List.of("find", root.toString(), "-xdev", "-mindepth", "1", "-delete"));
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(root.resolve("p.sock"));
        Files.deleteIfExists(root.resolve(BUILD));
        Files.deleteIfExists(root);
    }
}
