package dev.cloister.server.deployment.health;

import dev.cloister.contract.api.HealthMessage;
import dev.cloister.contract.api.HealthSeverity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is found while one part is looked at: an error ends it, warnings add up. */
final class Findings {
    private final List<HealthMessage> warnings = new ArrayList<>();
    private @Nullable String error;

    void warn(String code, String sentence) {
        warnings.add(new HealthMessage(code, sentence));
    }

    void fail(String code, String sentence) {
        error = code + ": " + sentence;
    }

    @Nullable
    String error() {
        return error;
    }

    List<HealthMessage> warnings() {
        return List.copyOf(warnings);
    }

    boolean isHealthy() {
        return error == null;
    }

    HealthSeverity severity() {
        if (error != null) {
            return HealthSeverity.ERROR;
        }
        return warnings.isEmpty() ? HealthSeverity.OK : HealthSeverity.WARNING;
    }
}
