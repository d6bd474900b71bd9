package dev.cloister.server.insight;

import dev.cloister.contract.api.InsightsReportInterval;
import dev.cloister.contract.api.TemplateAppUsage;
import dev.cloister.contract.api.TemplateAppsType;
import dev.cloister.contract.api.TemplateInsightsIntervalReport;
import dev.cloister.contract.api.TemplateInsightsReport;
import dev.cloister.contract.api.TemplateInsightsResponse;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.template.TemplateId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reports on the use of templates: their people, apps and parameters. */
final class TemplateReports {
    private static final int DAYS_OF_WEEK = 7;

    /**
     * What a report holds.
     *
     * @param interval of the report part by part; empty for none
     * @param whole whether there is a report on the whole time
     */
    record Wanted(Optional<InsightsReportInterval> interval, boolean whole) {}

    private final Transactions transactions;
    private final InsightService insights;
    private final UsageRepository usage;
    private final AppUsageRepository apps;

    TemplateReports(
            Transactions transactions, InsightService insights, UsageRepository usage, AppUsageRepository apps) {
        this.transactions = transactions;
        this.insights = insights;
        this.usage = usage;
        this.apps = apps;
    }

    TemplateInsightsResponse report(Caller caller, List<TemplateId> templates, Period period, Wanted wanted) {
        return transactions.read(tx -> {
            UsageFilter scope = insights.scope(tx, caller, templates, period);
            @Nullable TemplateInsightsReport whole = wanted.whole() ? whole(tx, scope) : null;
            return new TemplateInsightsResponse(
                    whole,
                    wanted.interval()
                            .map(interval -> parts(tx, scope, period, interval))
                            .orElse(List.of()));
        });
    }

    private TemplateInsightsReport whole(ReadTx tx, UsageFilter scope) {
        List<UUID> templates = usage.templates(tx, scope);
        var seconds = usage.seconds(tx, scope);
        var all = new ArrayList<TemplateAppUsage>();
        all.add(builtIn(templates, "Visual Studio Code", "vscode", "/icon/code.svg", seconds.vscode()));
        all.add(builtIn(templates, "JetBrains", "jetbrains", "/icon/intellij.svg", seconds.jetbrains()));
        all.add(builtIn(templates, "Web Terminal", "reconnecting-pty", "/icon/terminal.svg", seconds.terminal()));
        all.add(builtIn(templates, "SSH", "ssh", "/icon/terminal.svg", seconds.ssh()));
        all.add(builtIn(templates, "SFTP", "sftp", "/icon/terminal.svg", 0));
        all.addAll(apps.apps(tx, scope));
        return new TemplateInsightsReport(
                scope.start(), scope.end(), templates, usage.activeUsers(tx, scope), all, apps.parameters(tx, scope));
    }

    private static TemplateAppUsage builtIn(List<UUID> templates, String name, String slug, String icon, long seconds) {
        return new TemplateAppUsage(
                seconds == 0 ? List.of() : templates, TemplateAppsType.BUILTIN, name, slug, icon, seconds, 0);
    }

    private List<TemplateInsightsIntervalReport> parts(
            ReadTx tx, UsageFilter scope, Period period, InsightsReportInterval interval) {
        int days = interval == InsightsReportInterval.DAY ? 1 : DAYS_OF_WEEK;
        return period.parts(days).stream()
                .map(part -> {
                    UsageFilter within = scope.within(part.start(), part.end());
                    return new TemplateInsightsIntervalReport(
                            part.start(),
                            part.end(),
                            usage.templates(tx, within),
                            interval,
                            usage.activeUsers(tx, within));
                })
                .toList();
    }
}
