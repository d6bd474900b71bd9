package dev.cloister.server.audit.sink;

import dev.cloister.server.audit.sink.transport.Opening;
import dev.cloister.server.audit.sink.transport.Transport;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Opens the way to a sink.
 *
 * @param directory where copies in files are kept
 */
record SinkTransports(SinkSecrets secrets, Path directory, Clock clock) {
    Transport open(Sink sink) {
        return sink.kind().open(new Opening(sink.name(), sink.settings(), secrets.of(sink), directory, clock));
    }
}
