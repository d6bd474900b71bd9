package dev.cloister.server.connection.agent;

import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * The agent as a package, for what templates make elsewhere. It is packed when it is first asked for and kept; who asks
 * needs no credential, as there is nothing secret in it.
 */
public final class AgentImageRoutes {
    private static final int EXECUTABLE = 0755;
    private static final int PLAIN = 0644;

    private final Path image;
    private final Path cache;
    private final String name;

    /**
     * @param image the directory of the agent
     * @param cache where packages are kept
     * @param arch of this machine, as templates name it
     */
    public AgentImageRoutes(Path image, Path cache, String arch) {
        this.image = image;
        this.cache = cache;
        this.name = "cloister-agent-linux-" + arch + ".tar.gz";
    }

    public void register(Routes routes) {
        routes.get("/bin/{file}", Access.open("the agent's program is the same for everybody"), this::download)
                .named("Agents", "Download the agent's program")
                .answers(200, new Operation.Bytes("application/gzip"));
    }

    private Response download(Request request) {
        if (!request.path("file").equals(name)) {
            throw new Failure.NotFound();
        }
        Path packed;
        try {
            packed = packed();
        } catch (IOException e) {
            throw new IllegalStateException("the agent's package cannot be made", e);
        }
        return Response.stream(200, "application/gzip", out -> Files.copy(packed, out));
    }

    /** Named by the directory that the image really is, which changes with its content. */
    private synchronized Path packed() throws IOException {
        Path real = image.toRealPath();
        Path packed = cache.resolve(real.getFileName() + ".tar.gz");
        if (!Files.isRegularFile(packed)) {
            Files.createDirectories(cache);
            Path fresh = Files.createTempFile(cache, "agent", ".new");
            try {
                pack(real, fresh);
                Files.move(fresh, packed, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(fresh);
            }
        }
        return packed;
    }

    private static void pack(Path image, Path to) throws IOException {
        try (var out = new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(to), 1 << 16))) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Path file : files(image)) {
                String path = image.relativize(file).toString();
                // Licences of the runtime are links among themselves and not needed to run it.
                if (!path.startsWith("legal/")) {
                    var entry = new TarArchiveEntry(file, path);
                    entry.setUserId(0);
                    entry.setGroupId(0);
                    entry.setUserName("");
                    entry.setGroupName("");
                    entry.setMode(Files.isExecutable(file) ? EXECUTABLE : PLAIN);
                    out.putArchiveEntry(entry);
                    Files.copy(file, out);
                    out.closeArchiveEntry();
                }
            }
        }
    }

    private static List<Path> files(Path image) throws IOException {
        try (Stream<Path> tree = Files.walk(image)) {
            return tree.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
