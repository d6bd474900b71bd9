package dev.cloister.server.audit.sink.format;

import dev.cloister.server.audit.log.SignedHead;
import java.util.List;
import java.util.Optional;

/** A form of events and signed heads. Each is one line without line breaks or other control characters. */
public sealed interface EventFormat permits JsonFormat, EcsFormat, OcsfFormat, CefFormat {
    /** The name in settings. */
    String wireName();

    /** Whether each line is a JSON object. */
    boolean isJson();

    String event(CopiedEvent event);

    /** @param log the name of the log */
    String head(String log, SignedHead head);

    /** All of them. */
    static List<EventFormat> all() {
        return List.of(new JsonFormat(), new EcsFormat(), new OcsfFormat(), new CefFormat());
    }

    /** The format of a name, empty for a name that is none. */
    static Optional<EventFormat> parse(String wireName) {
        return all().stream()
                .filter(format -> format.wireName().equals(wireName))
                .findFirst();
    }
}
