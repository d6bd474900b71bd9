package dev.cloister.server.deployment.health;

import dev.cloister.contract.api.HealthProvisioner;
import dev.cloister.contract.api.ProvisionerDaemonsReport;
import dev.cloister.contract.api.ProvisionerDaemonsReportItem;
import dev.cloister.contract.api.Replica;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Whether anything builds: each server process does where it is told to. */
final class ProvisionerCheck {
    private final int workers;
    private final String version;
    private final Supplier<List<Replica>> processes;
    private final Clock clock;

    ProvisionerCheck(int workers, String version, Supplier<List<Replica>> processes, Clock clock) {
        this.workers = workers;
        this.version = version;
        this.processes = processes;
        this.clock = clock;
    }

    ProvisionerDaemonsReport report(boolean isDismissed) {
        var findings = new Findings();
        List<Replica> all = workers == 0 ? List.of() : processes.get();
        if (all.isEmpty()) {
            findings.fail("EPD01", "Nothing builds: set provisioner-daemons to how many builds may run at once.");
        }
        var items = all.stream()
                .map(process -> new ProvisionerDaemonsReportItem(
                        new HealthProvisioner(
                                process.id(),
                                process.createdAt(),
                                clock.instant(),
                                process.hostname(),
                                version,
                                "1.0",
                                List.of("cloister"),
                                Map.of("scope", "organization", "owner", ""),
                                "idle"),
                        List.of()))
                .toList();
        return new ProvisionerDaemonsReport(
                findings.error(), findings.severity(), findings.warnings(), isDismissed, items);
    }
}
