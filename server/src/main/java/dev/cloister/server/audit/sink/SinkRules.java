package dev.cloister.server.audit.sink;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.ValidationError;
import dev.cloister.server.audit.sink.format.EventFormat;
import dev.cloister.server.audit.sink.transport.SettingField;
import dev.cloister.server.audit.sink.transport.TransportKind;
import dev.cloister.server.platform.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What a sink may be. All that is wrong is told at once. */
final class SinkRules {
    static final int MOST_SINKS = 20;
    private static final String NAME = "[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?";

    private final List<ValidationError> wrong = new ArrayList<>();

    private void wrong(String field, String sentence) {
        wrong.add(new ValidationError(field, sentence));
    }

    static void require(
            String name, String transport, String format, Map<String, String> settings, Map<String, Secret> secrets) {
        var rules = new SinkRules();
        if (!name.matches(NAME)) {
            rules.wrong("name", "Must be 1 to 32 small letters, digits and hyphens, with none of those at an end.");
        }
        var kind = TransportKind.parse(transport);
        if (kind.isEmpty()) {
            rules.wrong("transport", "Must be one of " + transports() + ".");
        }
        rules.format(format, kind.map(TransportKind::needsJson).orElse(false));
        kind.ifPresent(known -> rules.settings(known, settings, secrets));
        rules.end();
    }

    private static String transports() {
        return Arrays.stream(TransportKind.values())
                .map(TransportKind::wireName)
                .collect(Collectors.joining(", "));
    }

    private void format(String format, boolean needsJson) {
        var known = EventFormat.parse(format);
        if (known.isEmpty()) {
            wrong(
                    "format",
                    "Must be one of "
                            + EventFormat.all().stream()
                                    .map(EventFormat::wireName)
                                    .collect(Collectors.joining(", "))
                            + ".");
        } else if (needsJson && !known.get().isJson()) {
            wrong("format", "This transport takes documents: choose json, ecs or ocsf.");
        }
    }

    private void settings(TransportKind kind, Map<String, String> settings, Map<String, Secret> secrets) {
        for (SettingField field : kind.fields()) {
            String place = (field.secret() ? "secrets." : "settings.") + field.name();
            String value = field.secret()
                    ? secrets.getOrDefault(field.name(), Secret.of("")).reveal()
                    : settings.getOrDefault(field.name(), "");
            if (!value.isEmpty()) {
                field.problem(value).ifPresent(sentence -> wrong(place, sentence));
            } else if (field.required()) {
                wrong(place, "Must be given.");
            }
        }
        unknown(kind, settings, false, "settings");
        unknown(kind, secrets, true, "secrets");
        kind.problem(settings).ifPresent(sentence -> wrong("settings", sentence));
    }

    private void unknown(TransportKind kind, Map<String, ?> given, boolean secret, String place) {
        var known = kind.fields().stream()
                .filter(field -> field.secret() == secret)
                .map(SettingField::name)
                .toList();
        if (!known.containsAll(given.keySet())) {
            wrong(
                    place,
                    "Of the transport " + kind.wireName() + " there are only: "
                            + (known.isEmpty() ? "none" : String.join(", ", known)) + ".");
        }
    }

    /**
     * With another address, a secret that is stored is not used: else whoever may change sinks could have it sent to
     * themselves, though nobody may read it.
     */
    static void requireSecretsAgain(Sink before, Map<String, String> settings, Map<String, Secret> given) {
        boolean moved = before.kind().fields().stream()
                .filter(SettingField::address)
                .anyMatch(field -> field.secret()
                        ? given.containsKey(field.name())
                        : !Objects.equals(
                                settings.get(field.name()), before.settings().get(field.name())));
        var rules = new SinkRules();
        if (moved) {
            before.kind().fields().stream()
                    .filter(field -> field.secret() && !given.containsKey(field.name()))
                    .forEach(field -> rules.wrong(
                            "secrets." + field.name(),
                            "Must be given again, or as an empty text, where copies are to go elsewhere."));
        }
        rules.end();
    }

    private void end() {
        if (!wrong.isEmpty()) {
            throw new Failure.Invalid("The sink has invalid values.", "", wrong);
        }
    }
}
