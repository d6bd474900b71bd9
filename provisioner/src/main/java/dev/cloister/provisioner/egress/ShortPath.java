package dev.cloister.provisioner.egress;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Binds a unix socket at a path of any length; the kernel takes 107 bytes, and data directories lie deep. */
final class ShortPath {
    private static final int LONGEST = 100;

    private ShortPath() {}

    static void bind(ServerSocketChannel listener, Path socket, int backlog) throws IOException {
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
            listener.bind(UnixDomainSocketAddress.of(socket), backlog);
            return;
        }
        // A link that is needed for the moment of binding only, where nobody else can put another.
        var directory = Files.createTempDirectory("cl");
        var link = directory.resolve("l");
        try {
            Files.createSymbolicLink(link, Objects.requireNonNull(socket.getParent()));
            listener.bind(UnixDomainSocketAddress.of(link.resolve(socket.getFileName())), backlog);
        } finally {
            Files.deleteIfExists(link);
            Files.delete(directory);
        }
    }
}
