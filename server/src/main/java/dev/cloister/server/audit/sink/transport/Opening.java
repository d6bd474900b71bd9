package dev.cloister.server.audit.sink.transport;

import dev.cloister.contract.Secret;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * What a transport is opened with; the values have been checked.
 *
 * @param name of the sink
 * @param directory where copies in files are kept
 */
public record Opening(
        String name, Map<String, String> settings, Map<String, Secret> secrets, Path directory, Clock clock) {
    public Opening {
        settings = Map.copyOf(settings);
        secrets = Map.copyOf(secrets);
    }

    Optional<String> text(String setting) {
        return Optional.ofNullable(settings.get(setting)).filter(value -> !value.isEmpty());
    }

    String text(String setting, String otherwise) {
        return text(setting).orElse(otherwise);
    }

    int number(String setting, int otherwise) {
        return text(setting).map(Integer::parseInt).orElse(otherwise);
    }

    Optional<Secret> secret(String setting) {
        return Optional.ofNullable(secrets.get(setting))
                .filter(value -> !value.reveal().isEmpty());
    }
}
