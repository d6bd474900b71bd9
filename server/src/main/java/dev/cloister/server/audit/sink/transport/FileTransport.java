package dev.cloister.server.audit.sink.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files that are only ever added to. Each is named by the index that it begins with and the time when it was begun, and
 * none is opened a second time: after a failure, or by another process, a new one is begun, and what was written twice
 * has the same index. A file that is full loses the right to be written.
 */
final class FileTransport implements Transport {
    private static final long MIB = 1 << 20;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuuMMdd'T'HHmmss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Path directory;
    private final long full;
    private final Clock clock;
    private @Nullable FileChannel open;
    private @Nullable Path file;

    FileTransport(Opening opening) {
        directory = opening.directory().resolve(opening.name());
        full = opening.number("rotate_mib", 64) * MIB;
        clock = opening.clock();
    }

    @Override
    public Limits limits() {
        return Limits.OF_HTTP;
    }

    @Override
    public void deliver(Shipment shipment) throws NotDeliveredException {
        try {
            var channel = channel(shipment.first(), shipment.json() ? ".ndjson" : ".log");
            var bytes = ByteBuffer.wrap(shipment.text());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
            if (channel.size() >= full) {
                seal();
            }
        } catch (IOException e) {
            abandon(); // its last line may be torn; what comes next goes into another
            throw NotDeliveredException.passing("the file could not be written: " + e);
        }
    }

    private FileChannel channel(long first, String ending) throws IOException {
        var known = open;
        if (known != null) {
            return known;
        }
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var begun = directory.resolve(
                String.format(Locale.ROOT, "audit-%016d-%s%s", first, TIME.format(clock.instant()), ending));
        var channel = FileChannel.open(
                begun,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        open = channel;
        file = begun;
        try (var parent = FileChannel.open(directory, StandardOpenOption.READ)) {
            parent.force(true); // the name lasts as the content does
        }
        return channel;
    }

    private void seal() throws IOException {
        var finished = file;
        abandon();
        if (finished != null) {
            Files.setPosixFilePermissions(finished, PosixFilePermissions.fromString("r--------"));
        }
    }

    private void abandon() {
        var channel = open;
        open = null;
        file = null;
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // what was acknowledged is on the disk already
            }
        }
    }

    @Override
    public void close() {
        abandon();
    }
}
