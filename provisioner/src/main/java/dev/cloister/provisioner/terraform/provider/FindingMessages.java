package dev.cloister.provisioner.terraform.provider;

import dev.cloister.provisioner.terraform.provider.WireMessage.Sent;
import java.util.List;

/** Findings and paths as Terraform wants them: its {@code Diagnostic} and {@code AttributePath}. */
final class FindingMessages {
    private static final int ERROR = 1;
    private static final int WARNING = 2;

    private FindingMessages() {}

    static void add(Sent answer, int field, Findings findings) {
        findings.all().forEach(finding -> answer.message(field, finding(finding)));
    }

    private static Sent finding(Findings.Finding finding) {
        var message = new Sent()
                .number(1, finding.error() ? ERROR : WARNING)
                .text(2, finding.summary())
                .text(3, finding.detail());
        return finding.path().isEmpty() ? message : message.message(4, path(finding.path()));
    }

    /** Names are texts, places in lists are numbers. */
    static Sent path(List<Object> steps) {
        var path = new Sent();
        for (Object step : steps) {
            path.message(
                    1, step instanceof Long place ? new Sent().choice(3, place) : new Sent().text(1, step.toString()));
        }
        return path;
    }
}
