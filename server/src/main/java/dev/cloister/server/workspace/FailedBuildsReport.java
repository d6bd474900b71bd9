package dev.cloister.server.workspace;

import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.notification.Audience;
import dev.cloister.server.notification.Notice;
import dev.cloister.server.notification.Notices;
import dev.cloister.server.notification.Occasion;
import dev.cloister.server.notification.delivery.Renderer;
import dev.cloister.server.platform.Rounds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Tells the administrators of an organization's templates once a week which builds failed. Every server looks; the row of
 * the organization lets one of them report.
 */
final class FailedBuildsReport implements AutoCloseable {
    static final Duration PERIOD = Duration.ofDays(7);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(15);
    private static final int MOST_LINES = 50;
    private static final Caller.Job CALLER = new Caller.Job("failed-builds-report", Set.of(), Origin.internal());
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final Transactions transactions;
    private final FailedBuildsRepository builds;
    private final Notices notices;
    private final Clock clock;
    private final Rounds rounds = new Rounds(CALLER.name(), LOOK_AGAIN, this::look);

    FailedBuildsReport(Transactions transactions, FailedBuildsRepository builds, Notices notices, Clock clock) {
        this.transactions = transactions;
        this.builds = builds;
        this.notices = notices;
        this.clock = clock;
    }

    void start() {
        rounds.startNow();
    }

    /** One look at all organizations. */
    void look() {
        Instant now = clock.instant();
        transactions.change(CALLER, tx -> {
            builds.begin(tx, now);
            return Changed.unaudited(true, Unaudited.NOTIFICATION_DELIVERY);
        });
        for (var last : transactions.read(tx -> builds.due(tx, now.minus(PERIOD)))) {
            transactions.change(CALLER, tx -> {
                if (builds.claim(tx, last, now)) {
                    report(tx, last.organization(), last.at());
                }
                return Changed.unaudited(true, Unaudited.NOTIFICATION_DELIVERY);
            });
        }
    }

    private void report(WriteTx tx, UUID organization, Instant since) {
        List<FailedBuildsRepository.Line> lines = builds.since(tx, organization, since);
        long failed =
                lines.stream().mapToLong(FailedBuildsRepository.Line::failed).sum();
        if (failed == 0) {
            return;
        }
        notices.post(
                tx,
                new Audience.TemplateAdministrators(organization, null),
                Notice.of(Occasion.BUILDS_FAILED_REPORT, CALLER.name(), organization)
                        .with("since", DAY.format(since))
                        .with("failed", Long.toString(failed))
                        .with(
                                "total",
                                Long.toString(lines.stream()
                                        .mapToLong(FailedBuildsRepository.Line::total)
                                        .sum()))
                        .withMarkdown("report", text(lines)));
    }

    private static String text(List<FailedBuildsRepository.Line> lines) {
        var failing = lines.stream().filter(line -> line.failed() > 0).toList();
        String text = failing.stream()
                .limit(MOST_LINES)
                .map(line -> "- **" + Renderer.escapeMarkdown(line.template()) + "**, version "
                        + Renderer.escapeMarkdown(line.version()) + ": " + line.failed() + " of " + line.total())
                .collect(Collectors.joining("\n"));
        return failing.size() <= MOST_LINES ? text : text + "\n- and " + (failing.size() - MOST_LINES) + " more";
    }

    @Override
    public void close() {
        rounds.close();
    }
}
