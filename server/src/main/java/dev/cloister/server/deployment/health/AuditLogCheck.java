package dev.cloister.server.deployment.health;

import dev.cloister.contract.api.AuditLogReport;
import dev.cloister.contract.api.AuditLogStatus;
import dev.cloister.server.platform.Failure;
import java.util.List;
import java.util.function.Supplier;

/** Asks whether the audit log can be proven, and whether its copies keep up. */
final class AuditLogCheck {
    private final Supplier<AuditLogStatus> log;
    private final Supplier<List<String>> copies;

    /** @param copies what is wrong with its copies, a sentence each */
    AuditLogCheck(Supplier<AuditLogStatus> log, Supplier<List<String>> copies) {
        this.log = log;
        this.copies = copies;
    }

    AuditLogReport report(boolean isDismissed) {
        var findings = new Findings();
        String sentence = "";
        long entries = 0;
        long waiting = 0;
        long age = 0;
        try {
            var status = log.get();
            sentence = status.sentence();
            entries = status.entries();
            waiting = status.waiting();
            age = status.checkpointAgeSeconds();
            switch (status.severity()) {
                case OK -> {}
                case WARNING -> findings.warn("EAL02", sentence);
                case ERROR -> findings.fail("EAL01", sentence);
            }
            copies.get().forEach(warning -> findings.warn("EAL04", warning));
        } catch (Failure e) {
            findings.fail("EAL03", "Nobody can say, because the database does not answer.");
        }
        return new AuditLogReport(
                findings.error(),
                findings.severity(),
                findings.warnings(),
                isDismissed,
                findings.isHealthy(),
                sentence,
                entries,
                waiting,
                age);
    }
}
