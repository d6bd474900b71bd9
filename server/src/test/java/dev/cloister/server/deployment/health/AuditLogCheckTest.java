package dev.cloister.server.deployment.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.contract.api.AuditLogStatus;
import dev.cloister.contract.api.HealthSeverity;
import dev.cloister.server.platform.Failure;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AuditLogCheckTest {
    private static final AuditLogStatus GOOD =
            new AuditLogStatus(HealthSeverity.OK, "All is well.", "", 0, 7, null, 1, "key", List.of());

    private static HealthSeverity severity(Supplier<List<String>> copies) {
        return new AuditLogCheck(() -> GOOD, copies).report(false).severity();
    }

    @Test
    void aSinkThatDoesNotKeepUpIsAWarning() {
        assertThat(severity(List::of)).isEqualTo(HealthSeverity.OK);
        var report = new AuditLogCheck(() -> GOOD, () -> List.of("The audit sink soc is failing.")).report(false);
        assertThat(report.severity()).isEqualTo(HealthSeverity.WARNING);
        assertThat(report.warnings().toString()).contains("EAL04", "soc is failing");
    }

    @Test
    void withoutADatabaseNobodyCanSay() {
        assertThat(severity(() -> {
                    throw new Failure.Unavailable("gone");
                }))
                .isEqualTo(HealthSeverity.ERROR);
    }
}
